/** The demo's middleware: instances of its clusters and application servers, each like the healthy one of its product, with names and members of its own. */
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionName } from '../../agent/wire/section-values.ts';
import { type Draft, healthyAt } from './healthy.ts';
import { TROUBLES } from './troubles.ts';
import type { DemoPod } from './workloads.ts';
import type { DemoCluster, Moment } from './world.ts';

type Instance = NonNullable<Draft['middleware']>['rows'][number];
interface DemoInstance {
  readonly product: Instance['product'];
  readonly section: SectionName;
  /** Its name in the healthy sections. */
  readonly like: string;
  readonly id: string;
  readonly version: string;
  readonly mode: Instance['mode'];
  /** Names of its members; the first leads. Empty: an instance by itself. */
  readonly members: readonly string[];
  /** The workload that it is, or the machine that it stands on. */
  readonly of: Pick<Instance, 'place' | 'namespace' | 'node'>;
}

/** In every Kubernetes cluster of the demo; their pods are among its workloads. */
const IN_CLUSTER: readonly DemoInstance[] = [
  ...(
    [
      ['mysql', 'middlewareMysql', 'prod/StatefulSet/orders', '8.4.9', 'primary-replica', 'payments', 'ledger-db', ''],
      ['redis', 'middlewareRedis', 'prod/StatefulSet/cache', '7.2.16', 'primary-replica', 'payments', 'session-cache', ''],
      ['rabbitmq', 'middlewareRabbitmq', 'prod/StatefulSet/mq', '4.3.1', 'cluster', 'web', 'order-queue', 'rabbit@'],
    ] as const
  ).map(([product, section, like, version, mode, namespace, name, prefix]) => ({
    ...{ product, section, like, version, mode, id: `${namespace}/StatefulSet/${name}` },
    ...{ members: [0, 1, 2].map((member) => `${prefix}${name}-${member}`), of: { place: 'cluster' as const, namespace } },
  })),
];
function onHost(node: string): readonly DemoInstance[] {
  const home = 'tongweb/opt/TongWeb7.0.4.9';
  const shape = { product: 'tongweb', section: 'middlewareTongweb', like: `app-1/${home}`, version: '7.0.4.9_m4', mode: 'standalone', members: [] } as const;
  return [{ ...shape, id: `${node}/${home}`, of: { place: 'host', node } }];
}

/** Read from TongWeb 8 alone: its alert policy, its trusted addresses, and the result of its own inspection. */
const OF_TONGWEB_8 = ['alertPolicy', 'configProtection', 'consoleTrustedAny', 'baselineAt', 'baselinePassed', 'baselineFailed', 'baselineMandatoryFailed'] as const;

/**
 * The middleware sections that an agent tells.
 * @param node the machine of an agent outside of clusters; left out: the cluster's own agent
 * @param pods of the cluster
 */
export function middlewareOf({ troubled }: Pick<DemoCluster, 'troubled'>, node: string | undefined, pods: readonly DemoPod[], moment: Moment): Draft {
  const instances = node === undefined ? IN_CLUSTER : onHost(node);
  const healthy = healthyAt(moment.at, 'middleware');
  const draft: Draft = { middleware: { complete: true, ignored: 0, dropped: 0, rows: instances.map((one) => inventoryRow(one, pods)), members: [] } };
  for (const instance of instances) Object.assign(draft, { [instance.section]: renamed(healthy, instance) });
  for (const row of draft.middlewareTongweb?.rows ?? []) if (row.line === 'tongweb-7') for (const name of OF_TONGWEB_8) delete row[name];
  for (const row of draft.middleware?.rows ?? []) if (row.place === 'cluster') Object.assign(row, backupOf(row, moment));
  if (troubled) for (const trouble of TROUBLES) trouble.middleware?.(draft, node, moment);
  return draft;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** When a night's backup has succeeded, in seconds after midnight of UTC+8: the ledger's begins at 01:00 and takes 24 minutes, as people register it. */
const NIGHTLY_DONE: Readonly<Partial<Record<Instance['product'], number>>> = { mysql: HOUR + 24 * 60, redis: 1_800, rabbitmq: 2_700 };

/** Every night; rehearsed every 60 days, except for the ledger, whose rehearsals people register. */
function backupOf({ product }: Instance, { at }: Moment): Partial<Instance> {
  const done = NIGHTLY_DONE[product] ?? 0;
  const backupAt = at - ((at + 8 * HOUR - done) % DAY);
  return { backupDeclared: true, backupFound: true, backupAt, ...(product !== 'mysql' && { restoreTestedAt: at - (at % (60 * DAY)) }) };
}

function inventoryRow({ product, id, version, mode, members, of }: DemoInstance, pods: readonly DemoPod[]): Instance {
  const own = pods.filter(({ namespace, owner }) => namespace === of.namespace && id.endsWith(`/${owner}`));
  const count = Math.max(1, members.length);
  return {
    ...{ instance: id, product, version, mode, reach: 'ok', overridden: false, members: count, answered: count, denied: 0, statements: 12 * count, durationMs: 20 * count },
    ...of,
    ...(of.place === 'cluster'
      ? { evidence: ['image', 'port'] as Instance['evidence'], desired: count, ready: own.filter(({ ready }) => ready).length, nodes: new Set(own.map(({ node }) => node)).size }
      : { evidence: ['process', 'layout'] as Instance['evidence'], nodes: 1 }),
  };
}

/** The rows of one healthy instance under another name, with as many members as it has. */
function renamed(healthy: Draft, { section, like, id, members }: DemoInstance): Record<string, unknown> {
  const value = healthy[section] as unknown as Readonly<Record<string, unknown>>; // by the name of the section
  const out: Record<string, unknown> = { ...value };
  for (const [name, field] of Object.entries(SECTIONS[section].fields)) {
    if (field.type !== 'list') continue;
    const rows = ((value[name] ?? []) as readonly Readonly<Record<string, unknown>>[]).filter((row) => row['instance'] === like);
    out[name] =
      name === 'members' && members.length > 0
        ? members.map((member, index) => ({ ...(rows[index] ?? rows.at(-1)), instance: id, member }))
        : rows.map((row) => ({ ...row, instance: id }));
  }
  return out;
}
