/**
 * The demo: a synthetic customer whose last month is told to the collector by the demo's agents, with a clock that runs
 * through the month, so that incidents, clocks and trends are there at once; then a minute is told every minute.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ENVELOPE_TYPE, MOST_ENVELOPES } from '../../agent/wire/envelope.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { enroll } from '../../collector/fleet/enroll.ts';
import type { CheckTexts } from '../../collector/incident-news.ts';
import type { ClusterIdentity } from '../../collector/ingest/apply.ts';
import type { SecretBox } from '../../collector/notify/secret-box.ts';
import type { Database } from '../../collector/store/database.ts';
import type { Policies } from '../../collector/support/policies.ts';
import { type Wired, wireCollector } from '../../collector/wiring.ts';
import { agentsOf, type DemoAgent } from './agents.ts';
import { DemoPeople } from './people.ts';
import { DEMO_CLUSTERS, type Moment } from './world.ts';

/** Read in both languages, whichever the program was started in; pages mark it as synthetic besides. */
export const DEMO_CUSTOMER = '演示客户 Demo';
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** Days of history. */
const DAYS = 30;

interface Told {
  readonly identity: ClusterIdentity;
  readonly agents: readonly DemoAgent[];
}
export interface DemoParts {
  readonly database: Database;
  readonly logger: Logger;
  readonly box: SecretBox;
  readonly policies: Policies;
  readonly checkTexts: CheckTexts;
  readonly version: string;
  readonly publicUrl: string;
  readonly locale: Locale;
}

/** What goes on after the history: hand it to {@link keepTelling}. */
export interface Demo {
  readonly told: readonly Told[];
  /** Unix seconds that the troubles are placed before. */
  readonly now: number;
}

/** Tells the last month to an empty database. @param now Unix seconds */
export async function tellHistory(parts: DemoParts, now: number): Promise<Demo> {
  let clock = (now - DAYS * DAY) * 1_000;
  const wired = wireCollector({ ...parts, now: () => clock, defaultPolicy: 'daocloud/standard', isOpen: () => true, threads: 0 });
  try {
    const told = await enrolAll(parts, clock);
    const people = new DemoPeople(wired.deps.incidents, parts.locale);
    for (const at of moments(now)) {
      clock = at * 1_000;
      const full = isInspection(at, now);
      for (const { identity, agents } of told) {
        const lines = agents.flatMap((agent) => [...(full ? agent.inspect({ at, now }) : agent.look({ at, now })), agent.heartbeat({ at, now })]);
        await tell(wired, identity, lines);
      }
      // First what people did since the moment before, at its own time; then what nobody did.
      await people.answer(clock);
      await wired.deps.incidents.runTimers(clock, { by: 'demo', limit: 1_000 });
    }
    return { told, now };
  } finally {
    await wired.ingest[Symbol.asyncDispose]();
  }
}

/** A heartbeat and a look of every agent a minute, so that the demo stays alive: its troubles go on and grow older. Ends with the signal. */
export async function keepTelling({ told, now }: Demo, wired: Wired, signal: AbortSignal): Promise<void> {
  for (;;) {
    await sleep(MINUTE * 1_000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const moment: Moment = { at: Math.floor(Date.now() / 1_000), now };
    for (const { identity, agents } of told)
      await tell(
        wired,
        identity,
        agents.flatMap((agent) => [...agent.look(moment), agent.heartbeat(moment)]),
      );
  }
}

/** An inspection a day with a look behind it, the slow hours of etcd closer, then every half hour, at last every minute. */
function moments(now: number): readonly number[] {
  const out = new Set<number>();
  const every = (from: number, until: number, pace: number): void => {
    for (let ago = from; ago >= until; ago -= pace) out.add(now - ago);
  };
  every(DAYS * DAY, 0, DAY);
  every(DAYS * DAY - 2 * MINUTE, DAY - 2 * MINUTE, DAY);
  every(9 * DAY, 9 * DAY - 6 * HOUR, HOUR);
  every(2 * DAY, HOUR / 2, HOUR / 2);
  every(15 * MINUTE, 0, MINUTE);
  return [...out].sort((a, b) => a - b);
}
function isInspection(at: number, now: number): boolean {
  return (now - at) % DAY === 0;
}

async function enrolAll({ database, policies, locale, version }: DemoParts, now: number): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const cluster of DEMO_CLUSTERS) {
    const [policy, tier] = cluster.policy;
    const { customerId, clusterId } = await enroll(
      database,
      policies,
      { customer: DEMO_CUSTOMER, cluster: cluster.name, policy, tier, zone: 'Asia/Shanghai', locale, kind: cluster.kind, demo: true },
      now,
    );
    told.push({ identity: { customerId, clusterId }, agents: agentsOf(cluster, version) });
  }
  return told;
}

async function tell({ ingest }: Pick<Wired, 'ingest'>, cluster: ClusterIdentity, lines: readonly string[]): Promise<void> {
  for (let from = 0; from < lines.length; from += MOST_ENVELOPES) {
    const body = Buffer.from(`${lines.slice(from, from + MOST_ENVELOPES).join('\n')}\n`, 'utf8');
    const { receipts } = await ingest.ingest({ cluster, body: once(body), contentType: ENVELOPE_TYPE, contentEncoding: undefined });
    const refused = receipts.find(({ status }) => status !== 'accepted');
    if (refused) throw new Error(`the demo's payload was ${refused.status}${refused.reason === undefined ? '' : `: ${refused.reason}`}`);
  }
}
async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(body);
}
