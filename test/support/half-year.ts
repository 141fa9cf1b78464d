/** Half a year of a synthetic customer, as agents would have sent it: judged by the real checks, sealed by the real encoder, taken by the real ingest while its clock moves. */
import { CLUSTER_CHECKS } from '../../agent/checks/cluster-checks.ts';
import { HOST_CHECKS } from '../../agent/checks/host-checks.ts';
import { runChecks } from '../../agent/checks/run.ts';
import { seal } from '../../agent/wire/encode.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import { type Domain, NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import { reportsOf } from '../../bin/demo/machines.ts';
import { clusterSections, type DemoCluster, hostSections, nodeNames } from '../../bin/demo/world.ts';
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
export const CLUSTER: DemoCluster = { name: 'demo-prod', controlPlanes: 1, workers: 2, version: 'v1.35.8', troubled: true };
export const CUSTOMER_ID = '00000000-0000-4000-8000-000000000001';
export const CLUSTER_ID = '00000000-0000-4000-8000-000000000002';
const CONTRACT_ID = '20260601-0000-4000-8000-000000000003';
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
  const gatherers = reportsOf(sections, domain, 3);
  const { verdicts, findings } = runChecks(domain === 'host' ? HOST_CHECKS : CLUSTER_CHECKS, sections, gatherers, new Set([domain]), {
    now: at,
    host: node === '' ? 'cluster-agent' : node,
  });
  const sender = node === '' ? { role: 'cluster' as const, version: PACKAGE.version, epoch: 0 } : { role: 'node' as const, version: PACKAGE.version, epoch: 0, node };
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
    name: '云澜城市商业银行股份有限公司',
    zone: 'Asia/Shanghai',
    locale: 'zh',
    contacts: { customer: ['yunwei@yunlanbank.example'], 'customer-representative': ['fuwu@zhiyun.example'] },
    demo: true,
    createdAt: FROM - DAY_MS,
  });
  await saveContract(db, {
    ...{ id: CONTRACT_ID, customerId: CUSTOMER_ID, policyId: 'daocloud', tier: 'advanced', policyVersion: 1 },
    ...{ startsAt: FROM - 30 * DAY_MS, endsAt: TO + 180 * DAY_MS, overrides: {}, createdAt: FROM - DAY_MS },
  });
  await saveCluster(db, { id: CLUSTER_ID, customerId: CUSTOMER_ID, contractId: CONTRACT_ID, name: 'demo-prod', kind: 'kubernetes', zone: null, createdAt: FROM - DAY_MS });
  const actor = { kind: 'user', id: 'u1', name: '陈立' } as const;
  let reviewed: string | undefined;
  for (const { at, body } of days()) {
    clock.now = at;
    const { receipts } = await ingest.ingest(requestOf(SUBJECT, body));
    const refused = receipts.filter(({ status }) => status !== 'accepted');
    if (refused.length > 0) throw new Error(`refused on ${new Date(at).toISOString()}: ${JSON.stringify(refused[0])}`);
    for (const event of STORY.filter((one) => one.at > at && one.at <= at + DAY_MS)) {
      clock.now = event.at;
      const { file } = await incidents.open(OpenRequest.parse({ ...SUBJECT, ...event.open }), actor, clock.now);
      reviewed ??= file.filing.id.slice(0, 8);
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
  await new Records(database).save({ actor, visibility: 'all' }, SUBJECT, recordsOf(reviewed ?? ''), clock.now);
}
