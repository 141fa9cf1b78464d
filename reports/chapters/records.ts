/** Chapters about what people keep: changes, backups, demands. Each begins with what follows from its list. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { backupState } from '../backups.ts';
import type { Block } from '../blocks.ts';
import { callout, paragraph } from '../blocks.ts';
import type { ChangeRecord } from '../facts/service.ts';
import { plural, say } from '../format.ts';
import { listTable } from '../lists/list.ts';
import { backupsList, changesList, demandsList } from '../lists/records.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import type { Awaited } from '../readiness.ts';
import { awaitedList } from '../sections/awaited.ts';
import { backupActions, backupNotes } from '../sections/backup-actions.ts';
import { unregisteredChanges, unregisteredWords } from '../sections/unregistered-changes.ts';
import { demandState, isUnnumbered } from '../service-words.ts';
import type { Chapter } from './chapter.ts';

const UNSUCCESSFUL: ReadonlySet<ChangeRecord['result']> = new Set<ChangeRecord['result']>(['failed', 'rolled-back', 'overrun']);

function changesSentence(model: ReportModel, locale: Locale): readonly Block[] {
  const rows = known(model.changeRecords)?.rows;
  if (!rows) return [];
  const done = rows.filter(({ result }) => result === 'done').length;
  const bad = rows.filter(({ result }) => UNSUCCESSFUL.has(result)).length;
  const open = rows.filter(({ result }) => result === 'unrecorded').length;
  const rest = rows.length - done - bad - open;
  const more = unregisteredWords(model, locale);
  if (rows.length === 0)
    return [
      paragraph(
        `${more === '' ? say(locale, '本期没有变更。', 'No changes in the period.') : say(locale, '本期没有登记变更。', 'No changes were registered in the period.')}${more}`,
        'lead',
      ),
    ];
  if (done === rows.length)
    return [
      paragraph(
        `${say(locale, `本期 ${done} 项变更，全部成功。`, `${plural(done, 'change')} in the period, ${done === 1 ? 'successful' : 'all of them successful'}.`)}${more}`,
        'lead',
      ),
    ];
  const parts = [
    [done, `成功 ${done} 项`, `${done} done`] as const,
    [bad, `失败、回退或超窗 ${bad} 项`, `${bad} failed, rolled back or overran`] as const,
    [rest, `未开始、进行中或取消 ${rest} 项`, `${rest} not started, in progress or cancelled`] as const,
    [open, `${open} 项只有计划窗口，未登记结果，不计为成功`, `${open} with a planned window alone and no recorded result, not counted as done`] as const,
  ].filter(([count]) => count > 0);
  return [
    paragraph(
      `${say(
        locale,
        `本期 ${rows.length} 项变更：${parts.map(([, zh]) => zh).join('；')}。`,
        `${plural(rows.length, 'change')} in the period: ${parts.map(([, , en]) => en).join('; ')}.`,
      )}${more}`,
      'lead',
    ),
  ];
}
/** Nobody signs for a change of which nobody wrote down what came of it. */
function unrecordedChanges({ changeRecords }: ReportModel): readonly Awaited[] {
  const open =
    known(changeRecords)
      ?.rows.filter(({ result }) => result === 'unrecorded')
      .slice(0, 5) ?? [];
  if (open.length === 0) return [];
  const numbers = open.map(({ number }) => number);
  return [
    {
      part: {
        zh: `变更窗口${open.map(({ title }) => `“${title}”`).join('、')}的结果`,
        en: `the result of the change ${open.length === 1 ? 'window' : 'windows'} ${open.map(({ title }) => `"${title}"`).join(', ')}`,
      },
      how: {
        zh: `在 changes.yaml 中登记申请人、审批人、实施人与结果，编号填窗口标识 ${numbers.join('、')}。`,
        en: `register who requested, approved and carried it out and its result in changes.yaml, with the mark of the window as its number: ${numbers.join(', ')}.`,
      },
    },
  ];
}
/** What the mark of a window is for: nothing that the customer's own system would know. */
function unnumberedNote({ changeRecords }: ReportModel, locale: Locale): readonly Block[] {
  if (!known(changeRecords)?.rows.some(isUnnumbered)) return [];
  return [
    paragraph(
      say(
        locale,
        '“无变更单号”的是只登记了窗口的变更；括号内为系统为该窗口生成的标识，不是变更单号，登记其结果时以此为编号。',
        '"No change number" marks changes of which only the window was registered. In brackets stands the mark that the system gave the window; it is not a change number, but the number under which its result is registered.',
      ),
      'note',
    ),
  ];
}
export const changeList: Chapter = {
  id: 'change-list',
  title: { zh: '变更清单', en: 'Changes' },
  runsOn: true,
  awaits: (model) => [...awaitedList(changesList, model), ...unrecordedChanges(model)],
  write: (model, locale) => [...changesSentence(model, locale), listTable(changesList, model, locale, 40), ...unnumberedNote(model, locale), ...unregisteredChanges(model, locale)],
};
/** Changes that failed, were rolled back or overran: each is looked back on. */
export const changeReview: Chapter = {
  id: 'change-review',
  title: { zh: '未成功变更的复盘', en: 'Review of unsuccessful changes' },
  runsOn: true,
  write(model, locale) {
    const rows = known(model.changeRecords)?.rows;
    if (!rows) return [callout('unknown', say(locale, '没有变更数据', 'No change data'), say(locale, '不能说明是否有未成功的变更。', 'It is unknown whether any change failed.'))];
    const bad = rows.filter(({ result }) => UNSUCCESSFUL.has(result));
    if (bad.length === 0)
      return [
        paragraph(
          rows.some(({ result }) => result === 'unrecorded')
            ? say(locale, '已登记结果的变更中，没有失败、回退或超出窗口的。', 'None of the changes with a recorded result failed, was rolled back or exceeded its window.')
            : say(locale, '本期没有失败、回退或超出窗口的变更。', 'No change failed, was rolled back or exceeded its window.'),
        ),
      ];
    return bad.flatMap(({ number, title, impact, rollback, steps }) => [
      callout('warning', `${number} ${title}`, say(locale, `影响：${impact ?? '未填写'}`, `Impact: ${impact ?? 'not provided'}`)),
      ...(steps === undefined ? [] : [paragraph(say(locale, `步骤：${steps}`, `Steps: ${steps}`))]),
      ...(rollback === undefined ? [] : [paragraph(say(locale, `回退方案：${rollback}`, `Rollback: ${rollback}`))]),
    ]);
  },
};

/** A restore that was never tried is not a backup (practice: within 180 days); no success in 7 days is the worst level. */
export function backupConclusion(model: ReportModel, locale: Locale): readonly Block[] {
  const rows = known(model.backups)?.rows;
  if (!rows) return [];
  const tones = rows.map((backup) => backupState(backup, model.period.asOf, locale).tone);
  const count = (tone: string): number => tones.filter((entry) => entry === tone).length;
  if (rows.length === 0)
    return [
      callout('warning', say(locale, '没有备份', 'No backup'), say(locale, '没有登记任何备份，需尽快建立备份方案。', 'No backups are registered. Set up a backup scheme soon.')),
    ];
  const tone = count('critical') > 0 ? 'critical' : count('warning') > 0 ? 'warning' : count('unknown') > 0 ? 'unknown' : 'ok';
  return [
    callout(
      tone,
      say(locale, '备份结论', 'Backups'),
      say(
        locale,
        `${rows.length} 个备份对象：正常 ${count('ok')} 个，需关注 ${count('warning')} 个，7 天以上没有成功 ${count('critical')} 个，没有记录 ${count('unknown')} 个。`,
        `${plural(rows.length, 'object')}: ${count('ok')} OK, ${count('warning')} need attention, ${count('critical')} without a successful backup in 7 days, ${count('unknown')} without records.`,
      ),
    ),
  ];
}
export const backupList: Chapter = {
  id: 'backup-list',
  title: { zh: '备份策略', en: 'Backups' },
  runsOn: true,
  awaits: (model) => awaitedList(backupsList, model),
  write: (model, locale) => [...backupConclusion(model, locale), listTable(backupsList, model, locale, 30), ...backupNotes(model, locale), ...backupActions(model, locale)],
};
export const demandList: Chapter = {
  id: 'demand-list',
  title: { zh: '需求清单', en: 'Requests' },
  runsOn: true,
  awaits: (model) => awaitedList(demandsList, model),
  write(model, locale) {
    const rows = known(model.demands)?.rows;
    const states = new Map<string, number>();
    for (const demand of rows ?? []) {
      const word = demandState(demand, locale);
      states.set(word, (states.get(word) ?? 0) + 1);
    }
    const parts = [...states].map(([word, count]) => `${word} ${count}`).join(say(locale, '，', ', '));
    return [
      ...(rows && rows.length > 0 ? [paragraph(say(locale, `共 ${rows.length} 项需求：${parts}。`, `${plural(rows.length, 'request')}: ${parts}.`), 'lead')] : []),
      listTable(demandsList, model, locale, 40),
    ];
  },
};
