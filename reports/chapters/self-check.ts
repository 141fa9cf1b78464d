/** What a report says about itself when a customer filled a form in: nothing was gathered, nothing unanswered is in order. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { figures, heading, paragraph, words } from '../blocks.ts';
import { countCell, textCell } from '../cells.ts';
import { CHECK_GROUPS } from '../facts/middleware.ts';
import { say } from '../format.ts';
import { itemWords } from '../lists/middleware.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { checkGroup } from '../service-words.ts';

/** In place of how the program gathered. */
export function selfCheckWay({ selfCheck }: ReportModel, locale: Locale): string {
  const by = selfCheck?.by;
  return say(
    locale,
    `客户按自检模板填写${by === undefined ? '' : `（填写人：${by}）`}；程序只比较填写值与建议值，没有在现场采集核实`,
    `Filled in by the customer on the self-check form${by === undefined ? '' : ` (by ${by})`}; answers are compared with the recommended values, nothing was collected automatically`,
  );
}

export function selfCheckAppendix(model: ReportModel, locale: Locale): readonly Block[] {
  return [
    heading(say(locale, '未检查项', 'Unanswered items')),
    unanswered(model, locale),
    heading(say(locale, '检查项明细', 'Every item')),
    byGroup(model, locale),
    heading(say(locale, '数据来源', 'Data source')),
    paragraph(`${selfCheckWay(model, locale)}${say(locale, '。', '.')}`),
    heading(say(locale, '方法', 'Method')),
    paragraph(
      say(
        locale,
        '每项填写值与自检表中的建议值比较：超出建议值记为问题，没有建议值的只作记录，未填写或无法识别的记为未检查，不记为正常。',
        'Each answer is compared with the recommended value on the form: outside it counts as a problem; items without a recommended value are recorded only; empty or unreadable answers count as not checked, never as "OK".',
      ),
    ),
    paragraph(
      say(
        locale,
        '总评按固定规则得出：有结果的检查项不足 70 % 时不作总评；3 项及以上严重问题为差；有严重问题、内存溢出或 30 天内到期的 License 为中；没有严重问题、风险不超过 3 项且有结果的不低于 95 % 为优；其余为良。',
        'The grade follows fixed rules: none below 70 % of items with an answer; poor with 3 or more critical ones; fair with any critical one, with memory exhausted, or with a licence that ends within 30 days; excellent without critical ones, with at most 3 warnings and answers to 95 % or more; good otherwise.',
      ),
    ),
    heading(say(locale, '隐私声明', 'Privacy')),
    paragraph(
      say(
        locale,
        '本报告只含客户填写在自检表中的内容；自检表不要求、也不应填写口令、密钥与业务数据。本报告含有名称，请按密级传阅。',
        'This report contains only what the customer entered in the form, which does not ask for passwords, keys or business data. It contains names: distribute it according to its classification.',
      ),
    ),
  ];
}

function itemsOf(model: ReportModel) {
  return (known(model.middleware)?.rows ?? []).flatMap((instance) => instance.items.map((item) => ({ instance, item })));
}
function unanswered(model: ReportModel, locale: Locale): Block {
  const rows = itemsOf(model).filter(({ item }) => item.verdict === 'unknown');
  return {
    type: 'table',
    title: say(locale, '未填写的检查项', 'Items left blank'),
    columns: [words(say(locale, '组', 'Group'), 'text', 3), words(say(locale, '检查项', 'Item'), 'text', 5), words(say(locale, '实例', 'Instance'), 'name', 3)],
    rows: rows.map(({ instance, item }) => [textCell(checkGroup(item.group, locale)), textCell(itemWords(item, locale)), textCell(instance.name)]),
    total: rows.length,
    empty: say(locale, '自检表的检查项全部填写。', 'Every item of the form was filled in.'),
  };
}
function byGroup(model: ReportModel, locale: Locale): Block {
  const items = itemsOf(model).map(({ item }) => item);
  return {
    type: 'table',
    title: say(locale, '各组结论', 'Verdicts by group'),
    columns: [
      words(say(locale, '组', 'Group'), 'text', 5),
      figures(say(locale, '正常', 'OK'), 2),
      figures(say(locale, '问题', 'Problem'), 2),
      figures(say(locale, '未检查', 'Not checked'), 2),
      figures(say(locale, '仅记录', 'Recorded only'), 2),
    ],
    rows: CHECK_GROUPS.map((group) => {
      const count = (verdict: string): number => items.filter((item) => item.group === group && item.verdict === verdict).length;
      return [
        textCell(checkGroup(group, locale)),
        countCell(count('pass')),
        countCell(count('fail'), 'critical'),
        countCell(count('unknown'), 'unknown'),
        countCell(count('not-applicable')),
      ];
    }),
    total: CHECK_GROUPS.length,
    empty: '',
  };
}
