/**
 * What stands beside the nodes of a TongRDS: centers, which hold the licence, and sentinels. They are declared; a connection that
 * opens is all that is asked of them, and of a center its MBean where Jolokia is beside it.
 */

import { addressesIn } from '../../../middleware/addresses.ts';
import type { Address } from '../../../middleware/declaration.ts';
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { countOf, wholeOf } from '../jvm/container-reading.ts';
import { askJolokia } from '../jvm/jolokia.ts';
import type { InspectContext } from '../product.ts';
import { dayOf } from '../tongweb/license.ts';

type Row = Sections['middlewareTongrds']['rows'][number];
export type Beside = Omit<Row, 'instance' | 'version' | 'mode' | 'reach'>;
const CENTER = { mbean: 'jmxBean:name=rdsCenter', attributes: ['UsedLicense', 'TotalLicense', 'LicenseExpired'] } as const;

/** Options `centers`, `sentinels`: `host:port` with commas between; `centerJolokia`: `host:port` of the agent beside a center. */
export async function readBeside(context: InspectContext): Promise<Beside> {
  const { options } = context.instance;
  const [centers, sentinels, jolokia] = [addressesIn(options['centers']), addressesIn(options['sentinels']), addressesIn(options['centerJolokia'])[0]];
  const [centersReached, sentinelsReached, license] = await Promise.all([
    countReached(context, centers),
    countReached(context, sentinels),
    jolokia ? readLicense(context, jolokia) : {},
  ]);
  return {
    ...(centers.length > 0 && { centers: centers.length, centersReached }),
    ...(sentinels.length > 0 && { sentinels: sentinels.length, sentinelsReached }),
    ...license,
  };
}

async function countReached(context: InspectContext, addresses: readonly Address[]): Promise<number> {
  const outcomes = await Promise.all(
    addresses.map(async (address) => {
      try {
        using visit = await visitAt(context, address);
        await visit.connect();
        return true;
      } catch (error) {
        if (error instanceof InstanceFailure) return false;
        throw error;
      }
    }),
  );
  return outcomes.filter(Boolean).length;
}

/** The licence of all nodes; nothing where the center does not tell. */
async function readLicense(context: InspectContext, address: Address): Promise<Beside> {
  try {
    using visit = await visitAt(context, address);
    const { reads } = await askJolokia(visit, '/jolokia/', [CENTER]);
    const told = reads[0]?.[0]?.attributes;
    return told ? licenseOf(told) : {};
  } catch (error) {
    if (error instanceof InstanceFailure) return {};
    throw error;
  }
}
/** `LicenseExpired` is told as a truth value or as the day it ends. Pure. */
export function licenseOf({ UsedLicense, TotalLicense, LicenseExpired }: Readonly<Record<string, unknown>>): Beside {
  const [used, total] = [wholeOf(UsedLicense), wholeOf(TotalLicense)];
  const milliseconds = typeof LicenseExpired === 'number' ? countOf(LicenseExpired) : undefined;
  const word = typeof LicenseExpired === 'string' ? LicenseExpired.trim().toLowerCase() : undefined;
  const flag = typeof LicenseExpired === 'boolean' ? LicenseExpired : word === 'true' ? true : word === 'false' ? false : undefined;
  return {
    ...(used !== undefined && total !== undefined && total > 0 && { licenseUsedPercent: Math.min(100, (used / total) * 100) }),
    licenseExpired: flag,
    // Milliseconds of Java when it is a number of that size.
    licenseEndsAt: milliseconds !== undefined && milliseconds > 10 ** 11 ? Math.floor(milliseconds / 1_000) : word === undefined ? undefined : dayOf(word),
  };
}

async function visitAt(context: InspectContext, address: Address) {
  return await context.visit(context.instance.members[0] ?? { name: context.instance.id }, address);
}
