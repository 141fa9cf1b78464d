/** Asks the declared address of a servlet container: Jolokia, or a Prometheus exporter, whichever answers. */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Reach } from '../../../wire/sections/middleware/products.ts';
import type { InspectContext, MemberState } from '../product.ts';
import { visitMembers } from '../visit-members.ts';
import type { ContainerReading } from './container-reading.ts';
import { readByJolokia } from './from-jolokia.ts';
import { readByMetrics } from './from-metrics.ts';

export interface Asked {
  readonly reading?: ContainerReading | undefined;
  readonly members: readonly MemberState[];
  /** The word for the whole, given whether its files could be read; `undefined`: there are none here. */
  reachWith(files: 'read' | 'denied' | undefined): Reach;
}

/** A way of asking that one product has beside these, behind the option of its name, a path. */
export interface OwnWay {
  readonly option: string;
  read(visit: Visit, path: string): Promise<ContainerReading>;
}

/**
 * Only what was declared is asked: the ports that a process was found on speak HTTP to its users, not JMX. Options `jolokia` and `metrics`
 * are paths; without either `/jolokia/` is tried, then `/metrics`.
 */
export async function readContainer(context: InspectContext, own?: OwnWay): Promise<Asked> {
  const { instance } = context;
  const isDeclared = instance.evidence.includes('declared') && instance.members.some(({ address }) => address !== undefined) && instance.options['files'] !== true;
  if (!isDeclared) {
    const members = instance.members.map(({ name }): MemberState => ({ member: name, role: 'node', reach: 'files-only', statements: 0, denied: 0 }));
    return { members, reachWith: (files) => (files === 'read' ? 'files-only' : files === 'denied' ? 'no-rights' : 'not-addressed') };
  }
  const [first, ...others] = await visitMembers(context, (visit) => readOneWay(visit, instance.options, own));
  const outcomes = first ? [first, ...others] : [];
  const reading = outcomes.find(({ value }) => value !== undefined)?.value;
  return {
    reading,
    members: outcomes.map(({ member, reach, statements, denied }) => ({ member: member.name, role: 'node', reach, statements, denied })),
    reachWith(files) {
      if (outcomes.every(({ reach }) => reach === 'ok')) return 'ok';
      return files === 'read' || reading !== undefined ? 'partial' : (first?.reach ?? 'not-addressed');
    },
  };
}

async function readOneWay(visit: Visit, options: InspectContext['instance']['options'], own: OwnWay | undefined): Promise<ContainerReading> {
  const ownPath = own && pathOf(options[own.option]);
  if (own && ownPath !== undefined) return await own.read(visit, ownPath.replace(/\/+$/, ''));
  const jolokia = pathOf(options['jolokia']);
  const metrics = pathOf(options['metrics']);
  if (metrics !== undefined && jolokia === undefined) return await readByMetrics(visit, metrics);
  try {
    return await readByJolokia(visit, jolokia ?? '/jolokia/');
  } catch (error) {
    if (jolokia !== undefined || reachOf(error) !== 'protocol') throw error;
    return await readByMetrics(visit, '/metrics').catch(() => {
      throw error instanceof InstanceFailure ? error : new InstanceFailure('protocol');
    });
  }
}
function pathOf(option: unknown): string | undefined {
  return typeof option === 'string' && /^\/[\w./-]{0,200}$/.test(option) ? option : undefined;
}
