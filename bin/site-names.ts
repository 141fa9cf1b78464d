/** The site's key in a collector, and the way back from what was made with it: `xunjian who PSEUDONYM --state-dir DATA-DIR`. */
import { keepReverseTable } from '../agent/site/site.ts';
import type { CollectorConfig } from '../collector/config.ts';
import type { SiteNames } from '../collector/federation/federation.ts';
import { boundaryOf } from './bundle-from-store.ts';

/** `undefined` where no key is named. @throws UsageError when the file holds none */
export async function siteNames({ siteKeyFile, dataDir, federation }: Pick<CollectorConfig, 'siteKeyFile' | 'dataDir' | 'federation'>): Promise<SiteNames | undefined> {
  const boundary = await boundaryOf(siteKeyFile, new Set(federation?.clearNames));
  return boundary && { boundary, keep: async () => await keepReverseTable(dataDir, boundary.pseudonyms, 'bundles') };
}
