/** Approved settings of middleware, kept at the site beside its key: `middleware-baselines.json`, mode 0600. */
import { join } from 'node:path';
import type { Baseline, Baselines } from '../gatherers/middleware/drift.ts';
import { conform } from '../wire/conform.ts';
import { SECTIONS } from '../wire/registry.ts';
import type { Sections } from '../wire/section-values.ts';
import { readIfThere, writePrivate } from './private-file.ts';

const FILE = 'middleware-baselines.json';
/** Instances and settings are bounded; a larger file is not ours. */
const MOST_BYTES = 16 * 1024 * 1024;

/** None when there is no file, or it is not ours: then nothing is compared, and the section says so by naming no approval. */
export async function readBaselines(stateDir: string): Promise<Baselines> {
  const bytes = await readIfThere(join(stateDir, FILE)).catch(() => undefined);
  if (bytes === undefined || bytes.length > MOST_BYTES) return {};
  try {
    const value = JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.entries(value).flatMap(([instance, baseline]) => parseBaseline(instance, baseline)));
  } catch {
    return {};
  }
}

/** Replaces the baselines of the instances given, keeps those of others. */
export async function approveBaselines(stateDir: string, approved: Baselines): Promise<void> {
  const all = { ...(await readBaselines(stateDir)), ...approved };
  await writePrivate(join(stateDir, FILE), `${JSON.stringify(all, undefined, 1)}\n`);
}

/** Through the contract, so that a file which somebody wrote can bring in no more than a server could. */
function parseBaseline(instance: string, value: unknown): (readonly [string, Baseline])[] {
  if (typeof value !== 'object' || value === null || !('approvedAt' in value) || !('settings' in value) || typeof value.approvedAt !== 'number') return [];
  const conformed = conform(SECTIONS.middlewareSettings, { rows: value.settings, dropped: 0 }).value as Sections['middlewareSettings'];
  return [[instance, { approvedAt: Math.trunc(value.approvedAt), settings: conformed.rows.filter((row) => row.instance === instance) }]];
}
