/** What left in bundles, in a chained record of its own: the agent writes the other one while it runs. */
import { join } from 'node:path';
import type { Item } from '../delivery/batch.ts';
import { Ledger } from '../delivery/ledger.ts';
import type { BundleRecord } from './write-bundle.ts';

/** Below the state folder. */
export const BUNDLE_LEDGER = 'bundle-ledger';
const LINES_AT_ONCE = 100;

/** @param now Unix milliseconds. @throws what the disk says: a bundle that is not written down is not made */
export async function bundleRecord(stateDir: string, bundleId: string, now: () => number): Promise<BundleRecord> {
  const ledger = await Ledger.open(join(stateDir, BUNDLE_LEDGER), { url: `bundle:${bundleId}`, now });
  let waiting: Item[] = [];
  const settle = async (): Promise<void> => {
    await ledger.sending(waiting);
    waiting = [];
  };
  return {
    async carry(header, { bytes, rawBytes }, body) {
      waiting.push({ head: { ...header, boundary: 'vendor', bytes, rawBytes, bodyCrc: 0 }, body, place: 'memory' });
      if (waiting.length >= LINES_AT_ONCE) await settle();
    },
    settle,
  };
}
