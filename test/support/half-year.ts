/** Half a year of a synthetic customer, as agents would have sent it: judged by the real checks, sealed by the real encoder, taken by the real ingest while its clock moves. */
import { runChecks } from '../../agent/checks/run.ts';
import { seal } from '../../agent/wire/encode.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import { readingOf } from '../../bin/demo/reading.ts';
import { type DemoCluster, nodeNames } from '../../bin/demo/world.ts';
import { OpenRequest } from '../../collector/incidents/requests.ts';
import { Records } from '../../collector/records/records.ts';
import type { Database } from '../../collector/store/database.ts';
import { saveCluster, saveContract, saveCustomer } from '../../collector/store/fleet-store.ts';
import type { Wired } from '../../collector/wiring.ts';
import PACKAGE from '../../package.json' with { type: 'json' };
import { recordsOf, STORY, WINDOW } from './half-year-story.ts';
import { Numbered, requestOf } from './payloads.ts';

const DAY_MS = 86_400_000;
/** The second half of 2026 in China; `to` is exclusive. Milliseconds. */
export const FROM = Date.parse('2026-07-01T00:00:00+08:00');
export const TO = Date.parse('2027-01-01T00:00:00+08:00');
export const CLUSTER: DemoCluster = {
  ...{ name: 'demo-prod', kind: 'kubernetes', policy: ['daocloud', 'advanced'], controlPlanes: 1, workers: 2, version: 'v1.35.8', troubled: true },
};
/** Machines outside of it, with TongWeb; inspected once a week. */
export const HOSTS: DemoCluster = { name: 'demo-core', kind: 'hosts', policy: ['tongtech', 'standard'], controlPlanes: 0, workers: 2, version: 'v1.35.8', troubled: true };
export const CUSTOMER_ID = '00000000-0000-4000-8000-000000000001';
export const CLUSTER_ID = '00000000-0000-4000-8000-000000000002';
export const HOSTS_ID = '00000000-0000-4000-8000-000000000004';
const CONTRACT_ID = '20260601-0000-4000-8000-000000000003';
const HOSTS_CONTRACT_ID = '20260602-0000-4000-8000-000000000005';
const SUBJECT = { customerId: CUSTOMER_ID, clusterId: CLUSTER_ID };
const HOSTS_SUBJECT = { customerId: CUSTOMER_ID, clusterId: HOSTS_ID };
const BOUNDARY = { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set(NAME_KINDS) };

interface Day {
  /** Milliseconds of the collector's clock. */
  readonly at: number;
  readonly bodies: readonly (readonly [subject: typeof SUBJECT, body: string])[];
}
let made: readonly Day[] | undefined;
/** One inspection of every machine and of the cluster a day, at two in the morning; of the machines outside once a week. The same for every database. */
function days(): readonly Day[] {
  if (made) return made;
  const cluster = tellers(CLUSTER, [...nodeNames(CLUSTER), undefined], 1);
  const hosts = tellers(HOSTS, nodeNames(HOSTS), 10);
  const out: Day[] = [];
  for (let begin = FROM; begin < TO; begin += DAY_MS) {
    const at = (begin + 2 * 3_600_000) / 1_000;
    const daysLeft = (TO - begin) / DAY_MS - 1;
    out.push({ at: at * 1_000 + 5_000, bodies: [[SUBJECT, cluster(at)] as const, ...(daysLeft % 7 === 0 ? [[HOSTS_SUBJECT, hosts(at)] as const] : [])] });
  }
  made = out;
  return out;
}
/** Tells what all agents of a cluster find at a moment. @param first number of the first agent */
function tellers(cluster: DemoCluster, nodes: readonly (string | undefined)[], first: number): (at: number) => string {
  const numbers = nodes.map((node, index) => [node, new Numbered(first + index)] as const);
  return (at) => numbers.map(([node, numbered]) => numbered.line('inspection', inspect(cluster, node, at), at)).join('\n');
}
function inspect(cluster: DemoCluster, node: string | undefined, at: number): ReturnType<typeof seal> {
  const { role, sections, gatherers, checks, domains } = readingOf(cluster, node, { at, now: TO / 1_000 - 22 * 3_600 });
  const { verdicts, findings } = runChecks(checks, sections, gatherers, domains, { now: at, host: node ?? 'cluster-agent' });
  return seal({ agent: { role, version: PACKAGE.version, epoch: 0, ...(node !== undefined && { node }) }, takenAt: at, sections, gatherers, verdicts, findings }, BOUNDARY);
}

/** Fills an empty database. The clock ends where the period does, five minutes into the new year. */
export async function fillHalfYear(
  database: Database,
  { ingest, deps: { incidents } }: Pick<Wired, 'ingest'> & { readonly deps: Pick<Wired['deps'], 'incidents'> },
  clock: { now: number },
): Promise<void> {
  const { db } = database;
  await saveCustomer(db, {
    id: CUSTOMER_ID,
    name: '云澜城市商业银行股份有限公司',
    zone: 'Asia/Shanghai',
    locale: 'zh',
    contacts: { customer: ['yunwei@yunlanbank.example'], 'customer-representative': ['fuwu@zhiyun.example'] },
    demo: true,
    createdAt: FROM - DAY_MS,
  });
  for (const [id, { policy }] of [
    [CONTRACT_ID, CLUSTER],
    [HOSTS_CONTRACT_ID, HOSTS],
  ] as const)
    await saveContract(db, {
      ...{ id, customerId: CUSTOMER_ID, policyId: policy[0], tier: policy[1], policyVersion: 1 },
      ...{ startsAt: FROM - 30 * DAY_MS, endsAt: TO + 180 * DAY_MS, overrides: {}, createdAt: FROM - DAY_MS },
    });
  await saveCluster(db, { id: CLUSTER_ID, customerId: CUSTOMER_ID, contractId: CONTRACT_ID, name: CLUSTER.name, kind: 'kubernetes', zone: null, createdAt: FROM - DAY_MS });
  await saveCluster(db, { id: HOSTS_ID, customerId: CUSTOMER_ID, contractId: HOSTS_CONTRACT_ID, name: HOSTS.name, kind: 'hosts', zone: null, createdAt: FROM - DAY_MS });
  const actor = { kind: 'user', id: 'u1', name: '陈立' } as const;
  const numbers: string[] = [];
  for (const { at, bodies } of days()) {
    clock.now = at;
    for (const [subject, body] of bodies) {
      const { receipts } = await ingest.ingest(requestOf(subject, body));
      const refused = receipts.filter(({ status }) => status !== 'accepted');
      if (refused.length > 0) throw new Error(`refused on ${new Date(at).toISOString()}: ${JSON.stringify(refused[0])}`);
    }
    for (const event of STORY.filter((one) => one.at > at && one.at <= at + DAY_MS)) {
      clock.now = event.at;
      const { file } = await incidents.open(OpenRequest.parse({ ...SUBJECT, ...event.open }), actor, clock.now);
      numbers.push(String(file.filing.number));
      for (const [after, command] of event.commands) {
        clock.now = event.at + after;
        await incidents.command({ incidentId: file.filing.id, command, actor, visibility: 'all' }, clock.now);
      }
    }
  }
  const { plannedAt, ...window } = WINDOW;
  clock.now = plannedAt;
  await incidents.planWindow({ ...SUBJECT, kind: 'change', ...window }, actor, clock.now);
  clock.now = TO + 300_000;
  await new Records(database).save({ actor, visibility: 'all' }, SUBJECT, recordsOf(numbers), clock.now);
}
