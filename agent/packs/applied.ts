/**
 * The pack that a site has applied to an agent: a file below the state folder, or of a mounted folder. It was held against its signature
 * and limits when it was applied; runs only read it, without the libraries that took.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentOptions } from '../agent-options.ts';
import { type LifecycleExtension, learnLifecycles } from '../checks/lifecycle/extension.ts';
import type { CheckSettings } from '../checks/settings.ts';
import { readIfThere, writePrivate } from '../site/private-file.ts';

export interface AppliedPack {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly keyId: string;
  /** ISO 8601. */
  readonly appliedAt: string;
  /** Why it counts: a person named its digest, or the site trusts the key. */
  readonly approvedBy: 'approval' | 'trusted-key';
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly lifecycles: LifecycleExtension;
}
/** What has been applied, oldest first; the last one counts. What was rolled back is gone from it, and stands in `history`. */
export interface AppliedPacks {
  readonly applied: readonly AppliedPack[];
  readonly history: readonly { readonly at: string; readonly what: 'apply' | 'rollback'; readonly name: string; readonly version: string; readonly sha256: string }[];
}
const NOTHING: AppliedPacks = { applied: [], history: [] };
const FILE = 'applied.json';
const MOST_APPLIED = 5;
const MOST_HISTORY = 200;

export function packsFolder({ stateDir, packsDir }: Pick<AgentOptions, 'stateDir' | 'packsDir'>): string {
  return packsDir ?? join(stateDir, 'packs');
}

/** Nothing where there is none, or a file that is none. */
export async function readApplied(folder: string): Promise<AppliedPacks> {
  try {
    const value = JSON.parse((await readIfThere(join(folder, FILE)))?.toString('utf8') ?? 'null') as AppliedPacks | null;
    return value !== null && Array.isArray(value.applied) && Array.isArray(value.history) ? value : NOTHING;
  } catch {
    return NOTHING;
  }
}
/** Changes when another pack counts. */
export async function appliedMark(folder: string): Promise<string> {
  const facts = await stat(join(folder, FILE)).catch(() => undefined);
  return facts ? `${facts.ino}.${facts.size}.${facts.mtimeMs}` : '';
}

export async function applyPack(folder: string, pack: AppliedPack): Promise<void> {
  const { applied, history } = await readApplied(folder);
  const { name, version, sha256, appliedAt: at } = pack;
  await write(folder, { applied: [...applied, pack].slice(-MOST_APPLIED), history: [...history, { at, what: 'apply', name, version, sha256 }] });
}
/** @returns what counts now, and what does not any more; `undefined` when none was applied. @param at ISO 8601 */
export async function rollbackPack(folder: string, at: string): Promise<{ readonly gone: AppliedPack; readonly now: AppliedPack | undefined } | undefined> {
  const { applied, history } = await readApplied(folder);
  const gone = applied.at(-1);
  if (!gone) return undefined;
  const { name, version, sha256 } = gone;
  await write(folder, { applied: applied.slice(0, -1), history: [...history, { at, what: 'rollback', name, version, sha256 }] });
  return { gone, now: applied.at(-2) };
}
async function write(folder: string, { applied, history }: AppliedPacks): Promise<void> {
  await writePrivate(join(folder, FILE), `${JSON.stringify({ applied, history: history.slice(-MOST_HISTORY) }, undefined, 1)}\n`);
}

/** The site's own settings are stronger than the pack's. */
export function settingsWith(settings: CheckSettings, thresholds: AppliedPack['thresholds']): CheckSettings {
  const changed = Object.entries(thresholds).map(([id, threshold]) => [id, { ...settings[id], threshold: { ...threshold, ...settings[id]?.threshold } }] as const);
  return changed.length === 0 ? settings : { ...settings, ...Object.fromEntries(changed) };
}

/** Before anything is judged in this process: settings with the pack's, lifecycles learned. @returns the pack's version too */
export async function withPack<T extends Pick<AgentOptions, 'stateDir' | 'packsDir' | 'settings'>>(
  options: T,
): Promise<{ readonly options: T; readonly pack: string | undefined }> {
  const pack = (await readApplied(packsFolder(options))).applied.at(-1);
  learnLifecycles(pack?.lifecycles ?? {});
  return pack ? { options: { ...options, settings: settingsWith(options.settings, pack.thresholds) }, pack: pack.version } : { options, pack: undefined };
}
