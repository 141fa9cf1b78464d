/** Half a year of a synthetic customer, as agents would have sent it: judged by the real checks, sealed by the real encoder, taken by the real ingest while its clock moves. */
import { CLUSTER_CHECKS } from '../../agent/checks/cluster-checks.ts';
import { HOST_CHECKS } from '../../agent/checks/host-checks.ts';
import { runChecks } from '../../agent/checks/run.ts';
import { seal } from '../../agent/wire/encode.ts';
import type { GathererReport } from '../../agent/wire/inspection.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import { type Domain, NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import { clusterSections, type DemoCluster, hostSections, nodeNames } from '../../bin/demo/world.ts';
import { type CommandRequest, OpenRequest } from '../../collector/incidents/requests.ts';
import type { Database } from '../../collector/store/database.ts';
import { saveCluster, saveContract, saveCustomer } from '../../collector/store/fleet-store.ts';
import type { Wired } from '../../collector/wiring.ts';
import { Numbered, requestOf } from './payloads.ts';

const DAY_MS = 86_400_000;
/** The second half of 2026 in China; `to` is exclusive. Milliseconds. */
export const FROM = Date.parse('2026-07-01T00:00:00+08:00');
export const TO = Date.parse('2027-01-01T00:00:00+08:00');
export const CLUSTER: DemoCluster = { name: 'demo-prod', controlPlanes: 1, workers: 2, version: 'v1.35.8', troubled: true };
export const CUSTOMER_ID = '00000000-0000-4000-8000-000000000001';
export const CLUSTER_ID = '00000000-0000-4000-8000-000000000002';
const CONTRACT_ID = '00000000-0000-4000-8000-000000000003';
const SUBJECT = { customerId: CUSTOMER_ID, clusterId: CLUSTER_ID };
const BOUNDARY = { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set(NAME_KINDS) };

interface Day {
  /** Milliseconds of the collector's clock. */
  readonly at: number;
  readonly body: string;
}
let made: readonly Day[] | undefined;
/** One inspection of every machine and of the cluster a day, at two in the morning; the same for every database. */
function days(): readonly Day[] {
  if (made) return made;
  const numbers = new Map([...nodeNames(CLUSTER), ''].map((node, index) => [node, new Numbered(index + 1)]));
  const out: Day[] = [];
  for (let begin = FROM; begin < TO; begin += DAY_MS) {
    const at = (begin + 2 * 3_600_000) / 1_000;
    const moment = { at, now: TO / 1_000 - 22 * 3_600 };
    const lines = [...numbers].map(([node, numbered]) => {
      const sections = node === '' ? clusterSections(CLUSTER, moment) : hostSections(CLUSTER, node, moment);
      return numbered.line('inspection', inspect(sections, node, at), at);
    });
    out.push({ at: at * 1_000 + 5_000, body: lines.join('\n') });
  }
  made = out;
  return out;
}
function inspect(sections: SomeSections, node: string, at: number): ReturnType<typeof seal> {
  const domain: Domain = node === '' ? 'cluster' : 'host';
  const gatherers = Object.keys(sections).map((section): GathererReport => ({ section, domain, status: 'ok', durationMs: 3, dropped: 0 }));
  const { verdicts, findings } = runChecks(domain === 'host' ? HOST_CHECKS : CLUSTER_CHECKS, sections, gatherers, new Set([domain]), {
    now: at,
    host: node === '' ? 'cluster-agent' : node,
  });
  const sender = node === '' ? { role: 'cluster' as const, version: '0.2.0', epoch: 0 } : { role: 'node' as const, version: '0.2.0', epoch: 0, node };
  return seal({ agent: sender, takenAt: at, sections, gatherers, verdicts, findings }, BOUNDARY);
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
    name: '示例银行 Example Bank',
    zone: 'Asia/Shanghai',
    locale: 'zh',
    contacts: { customer: ['ops@bank.example'], 'customer-representative': ['rep@vendor.example'] },
    demo: true,
    createdAt: FROM - DAY_MS,
  });
  await saveContract(db, {
    ...{ id: CONTRACT_ID, customerId: CUSTOMER_ID, policyId: 'daocloud', tier: 'advanced', policyVersion: 1 },
    ...{ startsAt: FROM - 30 * DAY_MS, endsAt: TO + 180 * DAY_MS, overrides: {}, createdAt: FROM - DAY_MS },
  });
  await saveCluster(db, { id: CLUSTER_ID, customerId: CUSTOMER_ID, contractId: CONTRACT_ID, name: 'demo-prod', kind: 'kubernetes', zone: null, createdAt: FROM - DAY_MS });
  const actor = { kind: 'user', id: 'u1', name: '王工' } as const;
  const story = storyOf();
  for (const { at, body } of days()) {
    clock.now = at;
    const { receipts } = await ingest.ingest(requestOf(SUBJECT, body));
    const refused = receipts.filter(({ status }) => status !== 'accepted');
    if (refused.length > 0) throw new Error(`refused on ${new Date(at).toISOString()}: ${JSON.stringify(refused[0])}`);
    for (const event of story.filter((one) => one.at > at && one.at <= at + DAY_MS)) {
      clock.now = event.at;
      const { file } = await incidents.open(OpenRequest.parse({ ...SUBJECT, ...event.open }), actor, clock.now);
      for (const [after, command] of event.commands) {
        clock.now = event.at + after;
        await incidents.command({ incidentId: file.filing.id, command, actor, visibility: 'all' }, clock.now);
      }
    }
  }
  clock.now = FROM + 90 * DAY_MS;
  await incidents.planWindow({ ...SUBJECT, kind: 'change', startsAt: FROM + 130 * DAY_MS, endsAt: FROM + 130 * DAY_MS + 7_200_000, title: '升级存储插件' }, actor, clock.now);
  clock.now = TO + 300_000;
}

const MINUTE_MS = 60_000;
interface Told {
  readonly at: number;
  readonly open: object;
  readonly commands: readonly (readonly [afterMs: number, CommandRequest['command']])[];
}
/** What people did: an incident that was answered in time and closed, one that was not, and a question. */
function storyOf(): readonly Told[] {
  return [
    {
      at: FROM + 20 * DAY_MS + 3 * 3_600_000,
      open: { title: '核心交易缓慢', severity: 'critical' },
      commands: [
        [10 * MINUTE_MS, { kind: 'acknowledge' }],
        [20 * MINUTE_MS, { kind: 'note', visibility: 'internal', text: 'SECRET-BETWEEN-US' }],
        [30 * MINUTE_MS, { kind: 'note', visibility: 'customer', text: '已定位到存储延迟' }],
        [90 * MINUTE_MS, { kind: 'resolve', code: 'fixed' }],
        [95 * MINUTE_MS, { kind: 'close', closure: 'confirmed' }],
      ],
    },
    { at: FROM + 60 * DAY_MS + 3 * 3_600_000, open: { title: '节点重启后未恢复', severity: 'critical' }, commands: [[9 * 3_600_000, { kind: 'acknowledge' }]] },
    { at: FROM + 61 * DAY_MS + 3 * 3_600_000, open: { title: '如何扩容日志卷 <script>alert(1)</script>', severity: 'info', kind: 'problem' }, commands: [] },
  ];
}
