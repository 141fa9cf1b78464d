/** Options of the bundle commands as numbers and keys. Days are those of this machine's zone. */
import { readFile } from 'node:fs/promises';
import type { CarriedPeriod } from '../agent/bundle/carried.ts';
import { isRecipient } from '../agent/bundle/encryption.ts';
import { UsageError } from './terminal/arguments.ts';

const UNIT_BYTES: Readonly<Record<string, number>> = { k: 1_024, m: 1_024 ** 2, g: 1_024 ** 3 };
const LEAST_SPLIT_BYTES = 64 * 1_024;
const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3_600, d: 86_400, w: 7 * 86_400 };

/** `100M`, `650k`, `4G`. @throws UsageError */
export function splitBytesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, unit = ''] = /^(\d{1,9})([kmg])(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (UNIT_BYTES[unit.toLowerCase()] ?? Number.NaN);
  if (!(bytes >= LEAST_SPLIT_BYTES)) throw new UsageError('--split: 100M, 650k, 4G (64k…)');
  return bytes;
}

/** `30d`, `2026-11`, `2026-11-05`, `2026-11-01/2026-11-15`; Unix seconds. @throws UsageError */
export function bundlePeriod(text: string | undefined, now: number): CarriedPeriod {
  if (text === undefined) return { to: now };
  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (count !== undefined) return { from: now - Number(count) * (UNIT_SECONDS[unit] ?? 0), to: now };
  const [first = '', last = first, more] = text.split('/');
  const from = startOf(first);
  const to = endOf(last);
  if (from === undefined || to === undefined || more !== undefined || from >= to || from >= now) throw new UsageError('--period: 30d, 2026-11, 2026-11-05, 2026-11-01/2026-11-15');
  return { from, to: Math.min(to, now) };
}
function startOf(text: string): number | undefined {
  const [year, month, day = 1] = partsOf(text);
  return year === undefined || month === undefined ? undefined : new Date(year, month - 1, day).getTime() / 1_000;
}
function endOf(text: string): number | undefined {
  const [year, month, day] = partsOf(text);
  if (year === undefined || month === undefined) return undefined;
  return (day === undefined ? new Date(year, month, 1) : new Date(year, month - 1, day + 1)).getTime() / 1_000;
}
/** Year, month and perhaps day, when the calendar has them. */
function partsOf(text: string): readonly number[] {
  const [, year, month, day = '01'] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return [];
  return text.length === 7 ? [Number(year), Number(month)] : [Number(year), Number(month), Number(day)];
}

/** age public keys, or files that hold one a line (`@vendor.pub`). @throws UsageError */
export async function recipientsOf(given: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of given) found.push(...(one.startsWith('@') ? await linesOf('--recipient', one.slice(1)) : [one]));
  for (const recipient of found) if (!(await isRecipient(recipient))) throw new UsageError(`--recipient: age1… (${JSON.stringify(recipient.slice(0, 20))})`);
  if (found.length > 20) throw new UsageError('--recipient: ≤ 20');
  return found;
}
/** age secret keys of the files. The message never shows what is in them. @throws UsageError */
export async function identitiesOf(files: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of files) {
    const lines = await linesOf('--identity', file);
    if (lines.length === 0 || lines.some((line) => !/^AGE-SECRET-KEY-[A-Z0-9-]{20,8000}$/.test(line))) throw new UsageError(`--identity ${file}: AGE-SECRET-KEY-…`);
    found.push(...lines);
  }
  return found;
}
async function linesOf(option: string, file: string): Promise<readonly string[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${error instanceof Error && 'code' in error ? String(error.code) : 'EIO'}`);
  }
}
