/** The agent: inspects on a schedule, keeps the sealed results in its spool, tells its health. Wires the parts together. */
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { CHECKS } from './checks/index.ts';
import type { CheckSettings } from './checks/settings.ts';
import type { Suppression } from './checks/suppressions.ts';
import { GATHERERS } from './gatherers/index.ts';
import { gatherersFor } from './gatherers/roles.ts';
import type { Sources } from './gatherers/run.ts';
import { Host } from './host/host.ts';
import { hostNameOf } from './host/host-name.ts';
import { inspect } from './inspection.ts';
import type { CredentialSource } from './kube/connection.ts';
import { serveHealth } from './runtime/health-server.ts';
import { type AgentMetrics, agentMetrics } from './runtime/metrics.ts';
import { runOnSchedule } from './runtime/schedule.ts';
import { keepPayload } from './runtime/spool.ts';
import { keepReverseTable, openPseudonyms } from './site/site.ts';
import { VERSION } from './version.ts';
import { seal } from './wire/encode.ts';
import type { Pseudonyms } from './wire/pseudonym.ts';
import type { Domain, Group, NameKind, Reason } from './wire/vocabulary.ts';

export const ROLES = ['node', 'cluster', 'host'] as const;
export type Role = (typeof ROLES)[number];

export interface AgentOptions {
  readonly role: Role;
  readonly cron: string;
  readonly timeZone: string;
  readonly jitterMs: number;
  readonly runAtStart: boolean;
  readonly stateDir: string;
  /** A mounted site key; default: one in the state directory. */
  readonly keyFile?: string | undefined;
  readonly hostRoot: string;
  /** Name of the node as the cluster knows it; default: the host's own name. */
  readonly nodeName?: string | undefined;
  readonly sampleMs: number;
  readonly listen: { readonly host: string; readonly port: number };
  /** Longest that one inspection may take. */
  readonly deadlineMs: number;
  readonly credential?: CredentialSource | undefined;
  readonly proxyFor: (server: string) => string;
  readonly lease: { readonly namespace: string; readonly name: string; readonly identity: string };
  readonly settings: CheckSettings;
  readonly suppressions: readonly Suppression[];
  readonly optOut: readonly Group[];
  readonly clearNames: readonly NameKind[];
}

/** Runs until the signal aborts. @throws when it cannot start: state directory, key, port */
export async function runAgent(options: AgentOptions, logger: Logger, signal: AbortSignal): Promise<void> {
  const log = logger.child({ role: options.role });
  const pseudonyms = await openPseudonyms(options.stateDir, options.keyFile);
  const metrics = agentMetrics(unixNow);
  const state = { runs: 0, waiting: options.role === 'cluster' };
  await using health = await serveHealth(options.listen, {
    healthy: () => !signal.aborted,
    // A replica that waits for the Lease is ready: it has nothing else to do.
    ready: () => state.waiting || state.runs > 0,
    metrics: () => metrics.text(),
  });
  log.info({ version: VERSION, port: health.port, cron: options.cron, timeZone: options.timeZone }, 'agent started');

  const inspectOnSchedule = (epoch: number, whileLeading: AbortSignal): Promise<void> =>
    runOnSchedule(
      {
        cron: options.cron,
        timeZone: options.timeZone,
        jitterMs: options.jitterMs,
        runAtStart: options.runAtStart,
        stateFile: join(options.stateDir, 'next-run'),
        now: Date.now,
        random: Math.random,
      },
      async (stop) => {
        try {
          await inspectOnce(options, pseudonyms, metrics, epoch, log, stop);
          state.runs += 1;
        } catch (error) {
          metrics.count('failed');
          log.error(errorFields(error), 'inspection failed');
        }
      },
      () => {
        metrics.count('skipped');
        log.warn('a run was due while one was still going');
      },
      whileLeading,
    );

  if (options.role === 'cluster') {
    await leadWithLease(
      options,
      inspectOnSchedule,
      (leading) => {
        state.waiting = !leading;
        metrics.setLeader(leading);
        log.info({ leading }, 'leadership');
      },
      signal,
    );
  } else {
    metrics.setLeader(true);
    await inspectOnSchedule(0, signal);
  }
  log.info('agent stopped');
}

async function inspectOnce(options: AgentOptions, pseudonyms: Pseudonyms, metrics: AgentMetrics, epoch: number, log: Logger, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(options.deadlineMs)]);
  const { sources, faults, hostName } = await openSources(options, signal);
  const inspection = await inspect({
    gatherers: gatherersFor(options.role, GATHERERS),
    checks: CHECKS,
    sources,
    faults,
    settings: options.settings,
    suppressions: options.suppressions,
    optOut: options.optOut,
    hostName,
    signal,
    now: unixNow,
    clock: () => performance.now(),
    onProgress: (_stage, _done, _total, report) =>
      report?.status === 'failed' && log.debug({ section: report.section, reason: report.reason, durationMs: report.durationMs }, 'gatherer failed'),
  });
  if (stop.aborted) return; // an unfinished run says nothing about the machine
  const { sections, gatherers, verdicts, findings, takenAt, durationMs, score, coverage } = inspection;
  const payload = seal(
    { agent: { role: options.role, version: VERSION, epoch }, takenAt, sections, gatherers, verdicts, findings },
    { pseudonyms, clearNames: new Set(options.clearNames) },
  );
  await keepPayload(join(options.stateDir, 'spool'), takenAt, payload);
  await keepReverseTable(options.stateDir, pseudonyms);
  metrics.recordRun(inspection, unixNow());
  log.info({ durationMs, findings: findings.length, score: score.total, coveragePercent: coverage.percent, bytes: payload.json.length, sha256: payload.sha256 }, 'inspection kept');
}

async function openSources(options: AgentOptions, signal: AbortSignal): Promise<{ sources: Sources; faults: Partial<Record<Domain, Reason>>; hostName: string }> {
  if (options.role !== 'cluster') {
    const host = await Host.at(options.hostRoot, { sampleMs: options.sampleMs, now: Date.now });
    return { sources: { host }, faults: {}, hostName: options.nodeName ?? (await hostNameOf(host)) };
  }
  const hostName = options.nodeName ?? 'cluster-agent';
  if (!options.credential) return { sources: {}, faults: { cluster: 'unauthorized' }, hostName };
  const [{ openCluster }, { reasonOf }] = await Promise.all([import('./kube/cluster-of.ts'), import('./gatherers/run.ts')]);
  try {
    return { sources: { cluster: (await openCluster(options.credential, options.proxyFor, unixNow, signal)).cluster }, faults: {}, hostName };
  } catch (error) {
    const reason = reasonOf(error);
    return { sources: {}, faults: { cluster: reason === 'failed' ? 'unreachable' : reason }, hostName };
  }
}

/** Loaded only in the cluster role: a node agent has no credential and no HTTP client. */
async function leadWithLease(
  options: AgentOptions,
  lead: (epoch: number, signal: AbortSignal) => Promise<void>,
  onChange: (leading: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!options.credential) throw new Error('the cluster role needs a kubeconfig or a ServiceAccount');
  const [{ LEASE_TIMES, LeaderLease }, { connect, readCredential }] = await Promise.all([import('./kube/lease.ts'), import('./kube/connection.ts')]);
  const credential = await readCredential(options.credential);
  const lease = new LeaderLease(connect(credential, options.proxyFor(credential.server)), {
    ...LEASE_TIMES,
    ...options.lease,
    now: Date.now,
    clock: () => performance.now(),
    random: Math.random,
  });
  await lease.run(lead, onChange, signal);
}

/** What a log may say about an error: its kind and code. Messages can quote what was read. */
export function errorFields(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, ...('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code) && { code: error.code }) };
}

function unixNow(): number {
  return Date.now() / 1_000;
}

/** JSON lines on standard output. */
export function agentLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
