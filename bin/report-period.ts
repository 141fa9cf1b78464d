/** The period that a report is about, as it was given. */
import { readDate } from '../collector/reports/periods.ts';
import { UsageError } from './terminal/arguments.ts';

/** Milliseconds; days are those of the zone, and `--to` names the last day. @throws UsageError */
export function periodOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string,
  now: number,
): { readonly from?: number; readonly to: number } {
  const begin = from === undefined ? undefined : momentOf('from', from, zone);
  const end = to === undefined ? now : momentOf('to', to, zone) + (to.length === 10 ? DAY_MS : 0);
  if (begin !== undefined && begin >= end) throw new UsageError({ zh: '--from 必须早于 --to', en: '--from has to be before --to' });
  if (begin !== undefined && begin >= now) throw new UsageError({ zh: '--from 在将来', en: '--from is in the future' });
  return { ...(begin !== undefined && { from: begin }), to: Math.min(end, now) };
}
const DAY_MS = 86_400_000;
function momentOf(option: string, text: string, zone: string): number {
  const at = readDate(text, zone);
  if (at !== undefined) return at;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new UsageError({
    zh: `--${option}：${shown} 不是日期，应为 2026-07-01 或 2026-07-01T08:00:00+08:00`,
    en: `--${option}: ${shown} is no date; give 2026-07-01 or 2026-07-01T08:00:00+08:00`,
  });
}
