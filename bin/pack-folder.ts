/** A pack from a folder: thresholds.yaml, lifecycles.yaml, policies/*.yaml, holidays/cn/YEAR.json, advisories/ (CSAF, updateinfo). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CHECKS } from '../agent/checks/index.ts';
import { type PackFault, thresholdFaults } from '../agent/packs/limits.ts';
import { RulePack } from '../agent/packs/pack.ts';
import { keptFixes } from '../collector/advisories/advisories.ts';
import { loadPolicies, policiesWith } from '../collector/support/policies.ts';
import { PolicyError } from '../collector/support/policy-error.ts';
import { advisoriesIn } from './advisory-files.ts';
import { UsageError } from './terminal/arguments.ts';

export interface PackHead {
  readonly name: string;
  readonly version: string;
  /** Unix seconds. */
  readonly madeAt: number;
}

/** @throws UsageError for files that are none; the system's error */
export async function packOfFolder(folder: string, head: PackHead): Promise<RulePack> {
  const advisories = [];
  if ((await namesIn(join(folder, 'advisories'))).length > 0)
    for await (const { score, ...rest } of advisoriesIn(join(folder, 'advisories')))
      advisories.push({ ...rest, ...(score !== undefined && { score }), fixes: keptFixes(rest.fixes) });
  const policies = await filesIn(join(folder, 'policies'), /\.ya?ml$/);
  const holidays = Object.values(await filesIn(join(folder, 'holidays/cn'), /^\d{4}\.json$/)).map((text) => JSON.parse(text) as unknown);
  const note = await yamlIn(join(folder, 'note.yaml'));
  const read = RulePack.safeParse({
    ...{ format: 'xunjian-pack', schema: 1, ...head, policies, holidays, advisories },
    ...(note !== undefined && { note }),
    thresholds: (await yamlIn(join(folder, 'thresholds.yaml'))) ?? {},
    lifecycles: (await yamlIn(join(folder, 'lifecycles.yaml'))) ?? {},
  });
  if (read.success) return read.data;
  throw new UsageError(
    read.error.issues
      .slice(0, 20)
      .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
      .join('\n'),
  );
}

/** Everything that is outside the limits: thresholds against the checks of this program, policies and years by their own rules. */
export function packFaults({ thresholds, policies, holidays }: Pick<RulePack, 'thresholds' | 'policies' | 'holidays'>): readonly PackFault[] {
  const faults = [...thresholdFaults(thresholds, CHECKS)];
  try {
    policiesWith(loadPolicies(), [{ policies, holidays }]);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    faults.push(...error.faults.slice(0, 50).map((path): PackFault => ({ path, problem: 'invalid' })));
  }
  return faults;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).sort();
}
async function filesIn(folder: string, wanted: RegExp): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const name of await namesIn(folder)) if (wanted.test(name)) found[name] = await readFile(join(folder, name), 'utf8');
  return found;
}
async function yamlIn(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)));
  try {
    return text === undefined ? undefined : (parse(text, { maxAliasCount: 20 }) as unknown);
  } catch {
    throw new UsageError(`${file}: YAML`);
  }
}
