/** What is wrong with a backup and what follows from it: one judgement for tables, conclusions and plans. */
import type { Locale } from '../agent/wire/vocabulary.ts';
import type { Cell } from './blocks.ts';
import { DAYS_TO_SOLVE } from './due-dates.ts';
import type { BackupRecord } from './facts/service.ts';
import { plural, say } from './format.ts';

const HOUR = 3_600;
const DAY = 86_400;
/** A day with two hours for the backup itself, a week, half a year: practice, and the limits of the checks of backups. */
const LIMITS = { lateSeconds: 26 * HOUR, lostSeconds: 7 * DAY, restoreSeconds: 180 * DAY } as const;

/** Worst first. `unrecorded`: nobody knows when it last succeeded; `untried`: no restore is on record. */
export type BackupFlaw = 'lost' | 'unrecorded' | 'late' | 'failed' | 'untried' | 'restore-old';

type Judged = Pick<BackupRecord, 'newestAt' | 'restoreTestedAt' | 'failed'> & Partial<Pick<BackupRecord, 'kind'>>;
export function backupFlaws({ newestAt, restoreTestedAt, failed = 0 }: Judged, asOf: number): readonly BackupFlaw[] {
  const age = newestAt === undefined ? undefined : asOf - newestAt;
  const flaws: BackupFlaw[] = [];
  if (age === undefined) flaws.push('unrecorded');
  else if (age > LIMITS.lostSeconds) flaws.push('lost');
  else if (age > LIMITS.lateSeconds) flaws.push('late');
  if (failed > 0) flaws.push('failed');
  if (restoreTestedAt === undefined) flaws.push('untried');
  else if (asOf - restoreTestedAt > LIMITS.restoreSeconds) flaws.push('restore-old');
  return flaws;
}

/** The verdict of a list: whether it can be relied on, and what speaks against it. */
export function backupState(backup: Judged, asOf: number, locale: Locale): Cell {
  const flaws = backupFlaws(backup, asOf);
  const told = flaws.map((flaw) => flawWords(flaw, backup, locale));
  const words = told.map((text, index) => (index === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1))).join(say(locale, '、', ', '));
  if (flaws.length === 0) return { text: say(locale, '✓ 正常', '✓ OK'), tone: 'ok' };
  if (flaws.includes('lost')) return { text: `■ ${words}`, tone: 'critical' };
  return flaws.includes('unrecorded') ? { text: `? ${words}`, tone: 'unknown' } : { text: `▲ ${words}`, tone: 'warning' };
}
function flawWords(flaw: BackupFlaw, { failed = 0, kind }: Judged, locale: Locale): string {
  switch (flaw) {
    case 'lost':
      return say(locale, '7 天以上没有成功', 'None in 7 days');
    case 'unrecorded':
      return say(locale, '未登记成功时间', 'No success recorded');
    case 'late':
      return say(locale, '26 小时以上没有成功', 'None in 26 hours');
    case 'failed':
      // Velero tells of its newest backup alone.
      return kind === 'velero' ? say(locale, `${failed} 次失败`, plural(failed, 'failure')) : say(locale, `累计 ${failed} 次失败`, `${plural(failed, 'failure')} in total`);
    case 'untried':
      return say(locale, '无恢复演练记录', 'No restore test on record');
    case 'restore-old':
      return say(locale, '180 天以上没有演练恢复', 'No restore tested in 180 days');
    default:
      return flaw satisfies never;
  }
}

/** The rule behind the verdicts in words, what a cell without a value means, and since when failures are counted. */
export function backupRule(rows: readonly Pick<BackupRecord, 'succeeded' | 'failed'>[], locale: Locale): string {
  const { lateSeconds, lostSeconds, restoreSeconds } = LIMITS;
  const [hours, lost, restore] = [lateSeconds / HOUR, lostSeconds / DAY, restoreSeconds / DAY];
  const counted = rows.some(({ succeeded, failed }) => succeeded !== undefined || failed !== undefined);
  const silent = rows.some(({ failed }) => failed === undefined);
  return say(
    locale,
    `结论口径：最近 ${hours} 小时内有成功的备份、没有失败记录、${restore} 天内做过恢复演练，三项都满足为“✓ 正常”；${lost} 天以上没有成功为“■”。“—”表示巡检与登记均未提供：缺最近成功或恢复演练的不判为正常，缺其他栏的不影响结论。${silent ? '没有登记失败次数的备份，“正常”不说明是否曾有失败。' : ''}${counted ? '成功与失败次数为登记的累计数，不限于本期，失败日期未登记；巡检读到的 Velero 失败指最近一次备份。' : ''}`,
    `Verdict "✓ OK": a successful backup within ${hours} hours, no failure on record, and a restore tested within ${restore} days; "■": none has succeeded for more than ${lost} days. "—": provided neither by inspections nor by records; without a latest success or a restore test no backup is OK, while other gaps do not affect the verdict.${silent ? ' Where no number of failures is registered, "OK" does not say whether any failed.' : ''}${counted ? ' Successes and failures are totals as registered, not for this period alone, and the days of failures are not on record; a failure that inspections read from Velero is that of its newest backup.' : ''}`,
  );
}

/** What to do about it. */
export function backupRemedy(flaw: BackupFlaw, locale: Locale): string {
  switch (flaw) {
    case 'lost':
    case 'late':
      return say(locale, '查看备份任务的日志与目标空间，补做一次备份', "check the backup job's log and the free space at its target, and take a backup now");
    case 'unrecorded':
      return say(locale, '核实备份任务是否成功，登记最近一次成功的时间', 'verify that the backup job succeeds and record when it last did');
    case 'failed':
      return say(locale, '查明失败原因，确认失败当日有其他可用的备份', 'find the cause of the failures and confirm that another backup covers those days');
    case 'untried':
    case 'restore-old':
      return say(locale, '在独立环境恢复最近一次备份并核对数据，登记演练日期', 'restore the latest backup in a separate environment, verify the data and record the date');
    default:
      return flaw satisfies never;
  }
}
/** By when (Unix seconds): as problems of the same weight. */
export function backupDueAt(flaws: readonly BackupFlaw[], asOf: number): number {
  return asOf + DAYS_TO_SOLVE[flaws.includes('lost') ? 'critical' : 'warning'] * DAY;
}
