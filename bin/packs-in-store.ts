/** The rule packs of a collector's database on this machine. */
import { Advisories } from '../collector/advisories/advisories.ts';
import { openStore } from '../collector/main.ts';
import { Packs } from '../collector/packs/packs.ts';
import { loadPolicies } from '../collector/support/policies.ts';
import { collectorConfig, startFault } from './collector-options.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './terminal/arguments.ts';

/** @throws UsageError with what the database says */
export async function openedPacks(
  values: Parameters<typeof collectorConfig>[0],
  context: CommandContext,
): Promise<{ readonly packs: Packs; readonly siteFolder: string } & AsyncDisposable> {
  const config = await collectorConfig(values, context);
  const database = await openStore(config).catch((error: unknown) => {
    throw new UsageError(startFault(error, config, context.locale));
  });
  return {
    packs: new Packs(database, new Advisories(database), loadPolicies(config.policiesDir)),
    siteFolder: config.dataDir,
    [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose](),
  };
}
