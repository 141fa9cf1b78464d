/**
 * A storm of signals from one cluster, and how long support waits for the first word of a trouble: signals go through the
 * real ingest, incidents, outbox and a real webhook receiver, on each database.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealSignals } from '../../agent/wire/encode-signals.ts';
import { ENVELOPE_TYPE, envelopeLine } from '../../agent/wire/envelope.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import type { Signal } from '../../agent/wire/signal.ts';
import { NAME_KINDS, type ScopeKind } from '../../agent/wire/vocabulary.ts';
import { enroll } from '../../collector/fleet/enroll.ts';
import { collectorLogger } from '../../collector/log.ts';
import { type Database, openDatabase } from '../../collector/store/database.ts';
import { loadPolicies } from '../../collector/support/policies.ts';
import { wireCollector } from '../../collector/wiring.ts';
import { BOX, OPERATOR } from '../support/notify-world.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';
import { startReceiver } from '../support/receiver.ts';

const SIGNALS = 10_000;
const BATCH = 500;
/** Troubles of clusters of their own, one after the other, for the way to the webhook. */
const WORDS = 100;
const BOUNDARY = { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(1)), clearNames: new Set(NAME_KINDS) };
const BOOT = randomBytes(8).toString('hex');

export async function benchIncidents(): Promise<void> {
  await onDatabase('SQLite', await openDatabase({ url: 'sqlite::memory:' }));
  if (NO_POSTGRES) console.log(`incidents on PostgreSQL: skipped, ${NO_POSTGRES}`);
  else await onDatabase('PostgreSQL', await openDatabase({ url: await postgresUrl() }));
}

async function onDatabase(name: string, database: Database): Promise<void> {
  await using receiver = await startReceiver();
  const policies = loadPolicies();
  const parts = { database, logger: collectorLogger('error', process.stderr), box: BOX, policies, checkTexts: () => undefined, now: Date.now, version: '0.1.0' };
  const wired = wireCollector({ ...parts, publicUrl: receiver.url, defaultPolicy: 'daocloud/standard', isOpen: () => true, allowedNetworks: ['127.0.0.0/8'] });
  const target = await wired.deps.targets.create(
    { customerId: null, name: 'bench', kind: 'webhook', config: { kind: 'webhook', url: receiver.url }, secrets: { signingKey: 'a key of the bench, long enough' } },
    OPERATOR,
    Date.now(),
  );
  await wired.deps.routes.save({ customerId: null, targetId: target.id, rules: { audiences: ['support'] } }, 'all', OPERATOR, Date.now());
  wired.worker.start();
  let seq = 0;
  const tell = async (cluster: Awaited<ReturnType<typeof enrolled>>, agent: string, signals: readonly Signal[]): Promise<void> => {
    const payload = sealSignals({ role: 'cluster', version: '0.1.0', epoch: 0 }, { at: seconds(), complete: false, signals }, BOUNDARY);
    seq += 1;
    const line = envelopeLine({ agent, boot: BOOT, seq, kind: 'signals', keptAt: seconds(), sha256: payload.sha256 }, payload);
    await wired.ingest.ingest({ cluster, body: once(Buffer.from(line)), contentType: ENVELOPE_TYPE, contentEncoding: undefined });
  };
  const enrolled = async (cluster: string): Promise<{ readonly clusterId: string; readonly customerId: string }> =>
    await enroll(database, policies, { customer: 'Bench', cluster, policy: 'daocloud', tier: 'advanced', zone: 'Asia/Shanghai', locale: 'en', kind: 'kubernetes' }, Date.now());

  const waits: number[] = [];
  for (let one = 0; one < WORDS; one += 1) {
    const cluster = await enrolled(`word-${one}`);
    const before = receiver.received.length;
    const began = performance.now();
    await tell(cluster, randomBytes(16).toString('hex'), [signal('node-not-ready', 'Node', `node-${one}`, 'critical')]);
    while (receiver.received.length === before && performance.now() - began < 10_000) await sleep(2);
    waits.push(performance.now() - began);
  }
  waits.sort((a, b) => a - b);

  const storm = await enrolled('storm');
  const agent = randomBytes(16).toString('hex');
  const cpu = process.cpuUsage();
  const began = performance.now();
  let criticalMs = 0;
  for (let from = 0; from < SIGNALS; from += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, index) => signal(RULES[(from + index) % RULES.length] ?? RULES[0], 'Deployment', `w-${from + index}`, 'warning'));
    const last = from + BATCH >= SIGNALS;
    await tell(storm, agent, last ? [...batch, signal('control-plane-api-unreachable', 'Cluster', 'cluster', 'critical')] : batch);
    if (last) criticalMs = performance.now() - began;
  }
  const took = (performance.now() - began) / 1_000;
  const used = process.cpuUsage(cpu);
  const count = async (table: 'incidents' | 'incident_events' | 'incident_members'): Promise<number> =>
    Number(
      (
        await database.db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  const incidents = (await count('incidents')) - WORDS;
  const open = await wired.deps.incidents.list('all', { clusterId: storm.clusterId, active: true }, { now: Date.now(), order: 'newest', limit: 200 });
  console.log(`incidents on ${name}: from a signal's arrival to the webhook median ${at(waits, 0.5)} ms, p99 ${at(waits, 0.99)} ms (goal < 5,000)`);
  console.log(
    `  ${SIGNALS.toLocaleString('en')} signals of one cluster in ${took.toFixed(1)} s (CPU ${((used.user + used.system) / 1e6).toFixed(1)} s): ${open.items.length} open incidents of ${incidents} ever, ` +
      `${await count('incident_members')} members, ${await count('incident_events')} events; critical one stored ${(criticalMs / 1_000).toFixed(1)} s after the first`,
  );
  await wired.worker[Symbol.asyncDispose]();
  await wired.ingest[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
}

const RULES = ['pod-crash-loop', 'workload-replicas-unavailable', 'pod-oom-killed', 'workload-rollout-stuck'] as const;
function signal(check: string, kind: ScopeKind, name: string, severity: 'critical' | 'warning'): Signal {
  const area = check.startsWith('control-plane') ? 'control-plane' : check.startsWith('node') ? 'node' : check.startsWith('pod') ? 'pod' : 'workload';
  const scope = kind === 'Deployment' ? { kind, namespace: 'bench', name } : { kind, name };
  return { check, area, severity, unit: 'count', scope, state: 'firing', since: seconds(), at: seconds(), flapping: false, maintenance: false };
}
function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
function at(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(body);
}
