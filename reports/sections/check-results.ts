import type { Area, Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { checkOf, scopesInShort, titleOf, worstFirst } from '../findings.ts';
import { formatNumber, formatObserved, NO_VALUE, plural, say } from '../format.ts';
import { limitWords } from '../limits.ts';
import type { ReportModel } from '../model.ts';
import { SEVERITY_RANK } from '../model.ts';
import { citedWords } from '../source-words.ts';
import { problemVerdict, REASON_WORDS, verdictWords } from '../words.ts';

const ORDER = ['fail', 'unknown', 'pass', 'not-applicable'] as const;
/** Rows on paper; problems and gaps come first, so what is cut was found in order. */
const MOST_ROWS = 25;

/** What each check of some areas said: problem first, with the worst value, its limit and where the limit is from. */
export function checkResults(model: ReportModel, areas: readonly Area[], title: string, locale: Locale): readonly Block[] {
  const worst = new Map<string, number>();
  for (const { check, severity } of model.findings) worst.set(check, Math.min(SEVERITY_RANK[severity], worst.get(check) ?? Number.POSITIVE_INFINITY));
  const gravity = ({ check, severity, verdict }: ReportModel['verdicts'][number]): number => (verdict === 'fail' ? (worst.get(check) ?? SEVERITY_RANK[severity]) : 0);
  const verdicts = model.verdicts
    .filter(({ area, verdict }) => areas.includes(area) && verdict !== 'not-applicable')
    .toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || gravity(a) - gravity(b) || (a.check < b.check ? -1 : 1));
  if (model.recalled && verdicts.length === 0)
    return [
      callout(
        'unknown',
        title,
        say(
          locale,
          '期末没有这一组的未解决问题；其余检查项的结论已超过保留期。',
          'No issue in this group was open at the end of the period; other results are past their retention period.',
        ),
      ),
    ];
  if (verdicts.length === 0) return [callout('unknown', title, say(locale, '未采集：本次没有这一组的检查结果。', 'Not collected: no check in this group returned a result.'))];
  // What is in order has no value to show: it is counted, and named on a screen.
  const told = verdicts.filter(({ verdict }) => verdict === 'fail' || (verdict === 'unknown' && !isMany(verdicts)));
  const count = (verdict: (typeof ORDER)[number]): number => verdicts.filter((row) => row.verdict === verdict).length;
  const results = (language: Locale): string =>
    [[count('pass'), '未发现问题', 'found nothing'] as const, [count('fail'), '发现问题', 'found issues'] as const, [count('unknown'), '未检查', 'not checked'] as const]
      .flatMap(([number, zh, en]) => (number === 0 ? [] : [say(language, `${number} 项${zh}`, `${number} ${en}`)]))
      .join(say(language, '，', ', '));
  return [
    model.recalled
      ? paragraph(
          say(
            locale,
            `期末有 ${verdicts.length} 类问题未解决；其余检查项的结论已超过保留期。`,
            `${plural(verdicts.length, 'issue')} remained open at the end of the period; other results are past their retention period.`,
          ),
        )
      : paragraph(
          say(
            locale,
            count('pass') === verdicts.length ? `${title}：${verdicts.length} 项检查均未发现问题。` : `${title}：共 ${verdicts.length} 项检查，${results('zh')}。`,
            count('pass') === verdicts.length
              ? `${title}: ${verdicts.length === 1 ? 'the one check' : `all ${verdicts.length} checks`} found nothing.`
              : `${title}: ${plural(verdicts.length, 'check')}; ${results('en')}.`,
          ),
        ),
    ...toldTable(model, told, title, locale),
    ...(isMany(verdicts) ? unknownTable(model, verdicts, title, locale) : []),
    ...passing(model, verdicts, locale),
  ];
}

/** Nothing where nothing was found: the sentence above it says so. */
function toldTable(model: ReportModel, told: ReportModel['verdicts'], title: string, locale: Locale): readonly Block[] {
  if (told.length === 0) return [];
  return [
    {
      type: 'table',
      title,
      columns: [
        words(say(locale, '检查项', 'Check'), 'text', 5),
        words(say(locale, '结论', 'Verdict'), 'status', 2),
        { ...figures(say(locale, '当前值', 'Observed'), 2.4), format: 'name' },
        { ...figures(say(locale, '标准', 'Limit'), 2.4), format: 'name' },
        words(say(locale, '对象 / 原因', 'Object / reason'), 'name', 4),
        words(say(locale, '依据', 'Source'), 'text', 5.4),
      ],
      rows: told.slice(0, MOST_ROWS).map(({ check, verdict, severity, reason, area, atLeast }) => {
        const findings = model.findings.filter((finding) => finding.check === check).toSorted(worstFirst);
        const [worst] = findings;
        const shown = (value: Parameters<typeof formatObserved>[0]): string => (worst ? formatObserved(value, worst.unit, locale, model.period.zoneMinutes) : NO_VALUE);
        return [
          { text: titleOf(model, check, locale) },
          verdictWords(verdict, worst?.severity ?? severity, locale),
          { text: shown(worst?.observed) },
          { text: worst ? limitWords({ check, threshold: worst.threshold, observed: worst.observed, unit: worst.unit }, locale, model.period.zoneMinutes) : NO_VALUE },
          {
            text: worst
              ? scopesInShort(model, { check, area, severity, findings, points: 0, atLeast: atLeast === true }, locale)
              : reason
                ? REASON_WORDS[reason][locale]
                : NO_VALUE,
          },
          { text: citedWords(checkOf(model, check)?.source, locale) ?? NO_VALUE },
        ];
      }),
      total: told.length,
      empty: '',
    },
  ];
}

/** More gaps than this stand together by their reason: a table would say the same reason in every row. */
const MOST_UNKNOWN = 5;
function isMany(verdicts: ReportModel['verdicts']): boolean {
  return verdicts.filter(({ verdict }) => verdict === 'unknown').length > MOST_UNKNOWN;
}
/** Named in a row of reasons; all of them are in the appendix and in the workbook. */
const EXAMPLES = 3;
function unknownTable(model: ReportModel, verdicts: ReportModel['verdicts'], title: string, locale: Locale): readonly Block[] {
  const unknown = verdicts.filter(({ verdict }) => verdict === 'unknown');
  const rows = [...Map.groupBy(unknown, ({ reason }) => reason)].toSorted(([, one], [, other]) => other.length - one.length);
  return [
    {
      type: 'table',
      title: say(locale, `${title}：未检查的项（全部见工作簿“检查项”工作表）`, `${title}: not checked (all of them are in the sheet "Checks" of the workbook)`),
      columns: [words(say(locale, '未检查的原因', 'Reason'), 'text', 4), figures(say(locale, '检查项数', 'Checks'), 1.4), words(say(locale, '例如', 'Such as'), 'text', 8)],
      rows: rows.map(([reason, checks]) => [
        { text: reason ? REASON_WORDS[reason][locale] : say(locale, '没有结果', 'no answer') },
        { text: formatNumber(checks.length), value: checks.length },
        {
          text: checks
            .slice(0, EXAMPLES)
            .map(({ check }) => titleOf(model, check, locale))
            .join(say(locale, '；', '; ')),
        },
      ]),
      total: rows.length,
      empty: '',
    },
  ];
}

/** What was looked for and not found: a count on paper, the names in a table on a screen. */
function passing(model: ReportModel, verdicts: ReportModel['verdicts'], locale: Locale): readonly Block[] {
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass');
  if (passed.length === 0) return [];
  const title = say(locale, `已检查、未发现问题的 ${passed.length} 项`, `${plural(passed.length, 'check')} that found nothing`);
  return [
    {
      type: 'collapsed',
      title,
      blocks: [
        {
          type: 'table',
          title,
          columns: [words(say(locale, '检查的问题', 'Looked for'), 'text', 7), words(say(locale, '标识', 'Id'), 'code', 5), words(say(locale, '结论', 'Verdict'), 'status', 2)],
          rows: passed.map(({ check, severity }) => [{ text: titleOf(model, check, locale) }, { text: check }, problemVerdict('pass', severity, locale)]),
          total: passed.length,
          empty: '',
        },
      ],
    },
  ];
}
