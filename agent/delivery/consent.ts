/**
 * What the site lets leave, read anew before every request: a folder with a file for each word, as a mounted ConfigMap is. Whoever
 * changes it need not restart anything. What cannot be read or understood counts as `off`: nothing leaves.
 */
import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivate } from '../site/private-file.ts';
import type { PayloadKind } from '../wire/envelope.ts';
import { LEAVING, type Leaves } from '../wire/leaves.ts';
import type { Group } from '../wire/vocabulary.ts';

/** From nothing to everything: signs of life, then what is wrong, then what was seen. */
export const LEVELS = ['off', ...LEAVING] as const;
export type Level = (typeof LEVELS)[number];

export interface Consent {
  readonly level: Level;
  /** Seconds that a payload other than a heartbeat waits for an objection; `manual`: until it is approved. */
  readonly hold: number | 'manual';
  /** Unix seconds: what was kept until then is approved. */
  readonly approvedUntil: number;
}
export const OPEN: Consent = { level: 'full', hold: 0, approvedUntil: 0 };
export const CLOSED: Consent = { level: 'off', hold: 'manual', approvedUntil: 0 };

const NEEDED: Readonly<Record<PayloadKind, Level>> = { heartbeat: 'heartbeat', signals: 'health', inspection: 'full' };
export const MOST_HOLD_SECONDS = 30 * 86_400;

/** Below the state directory: what `xunjian approve` wrote, for sites whose consent folder is mounted read-only. */
export const APPROVED = 'approved';

/**
 * @param folder left out: the site said nothing, and agreed to everything when it named a collector
 * @param stateDir where {@link APPROVED} may lie; the later of both approvals counts
 */
export async function readConsent(folder: string | undefined, stateDir?: string): Promise<Consent> {
  if (folder === undefined) return OPEN;
  try {
    const [level, hold, approved, here] = await Promise.all([
      readFile(join(folder, 'level'), 'utf8'),
      wordOf(folder, 'hold'),
      wordOf(folder, 'approved'),
      stateDir === undefined ? '' : wordOf(stateDir, APPROVED),
    ]);
    const consent = consentOf({ level: level.trim(), hold, approved });
    return /^\d{1,12}$/.test(here) ? { ...consent, approvedUntil: Math.max(consent.approvedUntil, Number(here)) } : consent;
  } catch {
    return CLOSED;
  }
}

/** Whether who runs this process may change the folder; a mounted ConfigMap is changed where it comes from. */
export async function canWriteConsent(folder: string): Promise<boolean> {
  return await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
/**
 * Changes what leaves, from the next request on. The level is written last when it opens and first when it closes, so that a crash in
 * between lets less leave, not more.
 */
export async function writeConsent(folder: string, { level, hold }: Pick<Consent, 'level' | 'hold'>): Promise<void> {
  const files = [['hold', hold === 0 ? '' : String(hold)] as const, ['level', level] as const];
  for (const [name, word] of level === 'off' ? files.toReversed() : files) await writePrivate(join(folder, name), `${word}\n`);
}

/** Pure part of {@link readConsent}. An empty `hold` is none. */
export function consentOf({ level, hold, approved }: { readonly level: string; readonly hold: string; readonly approved: string }): Consent {
  const known = LEVELS.find((one) => one === level);
  const approvedUntil = approved === '' ? 0 : /^\d{1,12}$/.test(approved) ? Number(approved) : Date.parse(approved) / 1_000;
  const seconds = hold === '' ? 0 : /^\d{1,7}$/.test(hold) ? Number(hold) : Number.NaN;
  if (known === undefined || Number.isNaN(approvedUntil)) return CLOSED;
  if (hold === 'manual') return { level: known, hold: 'manual', approvedUntil };
  return seconds <= MOST_HOLD_SECONDS ? { level: known, hold: seconds, approvedUntil } : CLOSED;
}

/** What a heartbeat says of it; nothing while nothing may leave. @param optOut groups that the site's file switches off */
export function leavesOf({ level, hold }: Consent, optOut: readonly Group[]): Leaves | undefined {
  return level === 'off' ? undefined : { level, hold: hold === 'manual' ? 'manual' : hold > 0 ? 'timed' : 'none', optOut };
}

async function wordOf(folder: string, name: string): Promise<string> {
  return (await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? '' : Promise.reject(error)))).trim();
}

/**
 * Whether a payload may leave now: `never` for what the site does not send (it stays on its disk among the refused ones), `not-yet`
 * for what waits, also for everything while the level is `off`.
 * @param keptAt when it was kept and @param now, both Unix seconds
 */
export function mayLeave(
  { level, hold, approvedUntil }: Consent,
  { kind, keptAt }: { readonly kind: PayloadKind; readonly keptAt: number },
  now: number,
): 'yes' | 'not-yet' | 'never' {
  if (level === 'off') return 'not-yet';
  if (LEVELS.indexOf(level) < LEVELS.indexOf(NEEDED[kind])) return 'never';
  if (kind === 'heartbeat' || keptAt <= approvedUntil) return 'yes';
  return hold !== 'manual' && now - keptAt >= hold ? 'yes' : 'not-yet';
}
