/** Importing published defects, and what of them concerns a report. */
import { PACKAGES } from '../../agent/wire/sections/host/system-packages.ts';
import type { AdvisoryFacts, PackageVersions } from '../../reports/facts/middleware.ts';
import type { Fact } from '../../reports/model.ts';
import type { Caller } from '../fleet/fleet.ts';
import { advisoriesOf, advisoryFeeds, saveAdvisories } from '../store/advisory-store.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import { type Advisory, AdvisoryError, type Fix } from './advisory.ts';
import { installedKernels, installedPackages, matchAdvisories } from './match.ts';

/** A transaction holds so many advisories; other writers come in between. */
const BATCH = 200;
/** Of the products in use, newest first: openEuler publishes some two thousand a year. */
const MOST_ADVISORIES = 40_000;
/** Packages whose versions are gathered, and the kernels; of others only that there is an advisory is kept. */
const KEPT: ReadonlySet<string> = new Set([...PACKAGES, 'kernel', 'kernel-rt', 'raspberrypi-kernel']);

/** Of the packages that no snapshot tells, one for each product stands for all. */
export function keptFixes(fixes: readonly Fix[]): readonly Fix[] {
  const kept = fixes.filter((fix) => KEPT.has(fix.package));
  const told = new Set(kept.map(({ product }) => product));
  const others = Map.groupBy(
    fixes.filter(({ product }) => !told.has(product)),
    ({ product }) => product,
  );
  return [
    ...kept,
    ...[...others.values()].flatMap((own) => own.toSorted((one, other) => one.package.length - other.package.length || (one.package < other.package ? -1 : 1)).slice(0, 1)),
  ];
}

export class Advisories {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }
  /**
   * Takes in everything that a file holds. The same file again changes nothing.
   * @returns how many advisories. @throws AdvisoryError; what came before the fault stays
   */
  async import({ actor }: Pick<Caller, 'actor'>, feed: AsyncIterable<Advisory>, name: string, now: number): Promise<number> {
    let batch: Advisory[] = [];
    let count = 0;
    const save = async (): Promise<void> => {
      const part = batch;
      batch = [];
      count += part.length;
      await this.#database.transaction(async (db) => await saveAdvisories(db, this.#database.engine, part, now));
    };
    try {
      for await (const advisory of feed) {
        batch.push({ ...advisory, fixes: keptFixes(advisory.fixes) });
        if (batch.length >= BATCH) await save();
      }
    } finally {
      if (batch.length > 0) await save();
      if (count > 0)
        await this.#database.transaction(async (db) => {
          await appendAudit(db, this.#database.engine, { at: now, actor, customerId: null, action: 'advisory.import', object: name.slice(0, 200), details: { count } });
        });
    }
    if (count === 0) throw new AdvisoryError('holds no advisory');
    return count;
  }
}

/** What concerns these machines; not gathered while nothing was imported. */
export async function advisoryFacts(db: Db, systems: Parameters<typeof installedKernels>[0], versions: readonly PackageVersions[] = []): Promise<Fact<AdvisoryFacts>> {
  const feeds = await advisoryFeeds(db);
  if (feeds.length === 0) return { missing: 'not-gathered' };
  const { installed: kernels, unmatched } = installedKernels(systems);
  const installed = [...kernels, ...installedPackages(versions)];
  const advisories = await advisoriesOf(db, [...new Set(installed.map(({ product }) => product))], MOST_ADVISORIES);
  return {
    value: matchAdvisories({
      ...{ advisories, installed, unmatched },
      feed: feeds.map(({ source }) => source).join(', '),
      feedAt: Math.floor(Math.max(...feeds.map(({ newestAt }) => newestAt)) / 1_000),
    }),
  };
}
