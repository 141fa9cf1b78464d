/** The policies that are in force: those that come with the program, and those of a folder of the vendor's own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type HolidayData, holidaysWith, loadHolidays } from './holidays.ts';
import type { Policy } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { faultLine, readPolicy } from './policy-file.ts';

export interface Policies {
  /** Every version of every policy, by id and then version. */
  readonly all: readonly Policy[];
  readonly holidays: HolidayData;
  /** A version that incidents are pinned to, or the newest. */
  readonly find: (id: string, version?: number) => Policy | undefined;
}

/** Where the bundled files are: beside this module, in the sources as in the built program. */
export const BUNDLED_POLICIES = join(import.meta.dirname, 'policies');

/**
 * Bundled policies and those of `extraDir` (`*.yaml`; `holidays/cn/<year>.json`). A published version is never replaced: a changed
 * policy is a new version of the same id. @throws PolicyError with every fault of every file
 */
export function loadPolicies(extraDir?: string): Policies {
  const all: Policy[] = [];
  const faults: string[] = [];
  const files = [...filesOf(BUNDLED_POLICIES), ...(extraDir === undefined ? [] : filesOf(extraDir))];
  for (const file of files) {
    const read = readPolicy(readFileSync(file, 'utf8'));
    faults.push(...read.faults.map((fault) => faultLine(file, fault, 'en')));
    const policy = read.policy;
    if (!policy) continue;
    const known = all.some(({ id, version }) => id === policy.id && version === policy.version);
    if (known) faults.push(`${file}: ${policy.id}@${policy.version} exists already; a changed policy needs a new version`);
    else all.push(policy);
  }
  if (faults.length > 0) throw new PolicyError(faults);
  all.sort((a, b) => a.id.localeCompare(b.id) || a.version - b.version);
  return {
    all,
    holidays: loadHolidays(extraDir),
    find: (id, version) => all.findLast((policy) => policy.id === id && (version === undefined || policy.version === version)),
  };
}

/** What a rule pack adds: texts of policy files by name, and years of holidays. */
export interface PolicyAdditions {
  readonly policies: Readonly<Record<string, string>>;
  readonly holidays: readonly unknown[];
}

/**
 * The same with additions. A version that exists already is the same text or a fault: a published version is never replaced. A year of
 * holidays stands in place of the known one. @throws PolicyError with every fault
 */
export function policiesWith(base: Policies, additions: readonly PolicyAdditions[]): Policies {
  const all = [...base.all];
  const faults: string[] = [];
  for (const [file, text] of additions.flatMap(({ policies }) => Object.entries(policies))) {
    const read = readPolicy(text);
    faults.push(...read.faults.map((fault) => faultLine(file, fault, 'en')));
    const policy = read.policy;
    if (!policy) continue;
    const known = all.find(({ id, version }) => id === policy.id && version === policy.version);
    if (known === undefined) all.push(policy);
    else if (!isDeepStrictEqual(known, policy)) faults.push(`${file}: ${policy.id}@${policy.version} exists already; a changed policy needs a new version`);
  }
  if (faults.length > 0) throw new PolicyError(faults);
  all.sort((a, b) => a.id.localeCompare(b.id) || a.version - b.version);
  return {
    all,
    holidays: holidaysWith(
      base.holidays,
      additions.flatMap(({ holidays }) => holidays),
    ),
    find: (id, version) => all.findLast((policy) => policy.id === id && (version === undefined || policy.version === version)),
  };
}

function filesOf(directory: string): string[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    throw new PolicyError([`${directory}: cannot be read`]);
  }
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(directory, name));
}
