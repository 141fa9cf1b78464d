/** The agent: inspects on a schedule, tells its health. Each inspection is a process of its own; this one stays small. */
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { AgentOptions } from './agent-options.ts';
import type { Delivery, DeliveryContext } from './delivery/delivery.ts';
import type { DeliveryOptions } from './delivery/delivery-options.ts';
import type { FastPath } from './fast-path.ts';
import { errorFields, leakOf } from './runtime/error-fields.ts';
import { serveHealth } from './runtime/health-server.ts';
import { runInProcess } from './runtime/inspection-process.ts';
import { type AgentMetrics, agentMetrics } from './runtime/metrics.ts';
import { RemoteRequests } from './runtime/remote-requests.ts';
import { runOnSchedule } from './runtime/schedule.ts';
import { openPseudonyms } from './site/site.ts';
import { VERSION } from './version.ts';
import type { Boundary } from './wire/encode-values.ts';
import type { Reason } from './wire/vocabulary.ts';

/** Runs until the signal aborts. @throws when it cannot start: state directory, key, port */
export async function runAgent(options: AgentOptions, proxyFor: (server: string) => string, logger: Logger, signal: AbortSignal): Promise<void> {
  const log = logger.child({ role: options.role });
  await openPseudonyms(options.stateDir, options.keyFile); // a key that cannot be read or made is a fault of the start, not of every run
  const metrics = agentMetrics(unixNow);
  const state: State = { runs: 0, waiting: options.role === 'cluster', trouble: undefined, isBlocked: false };
  await using health = await serveHealth(options.listen, {
    healthy: () => !signal.aborted,
    // A replica that waits for another's Lease is ready: it has nothing else to do. One that cannot read the Lease is not.
    ready: () => !state.isBlocked && ((state.waiting && state.trouble === undefined) || state.runs > 0),
    metrics: () => metrics.text(),
  });
  log.info({ version: VERSION, port: health.port, cron: options.cron, timeZone: options.timeZone }, 'agent started');

  const sender = { epoch: 0, node: options.delivery && (await nodeNameOf(options)) };
  const requests = new RemoteRequests({
    stateDir: options.stateDir,
    takes: options.remoteRequests ?? 'inspect',
    now: Date.now,
    clock: () => performance.now(),
    mayLeave: async () => (await delivery?.consent())?.level === 'full',
    results: () => state.runs,
    onReport: (report, isAwaited) => {
      log.info({ ...report }, 'asked by the collector');
      if (isAwaited) void delivery?.beat();
    },
  });
  const delivery: Delivery | undefined =
    options.delivery && (await deliveryOf(options, options.delivery, metrics, log, () => ({ role: options.role, version: VERSION, ...sender }), { state, requests }));
  // Its own signal: also an agent that ends by itself sends what it can.
  const ending = new AbortController();
  const sending = delivery?.run(AbortSignal.any([signal, ending.signal]));
  const fast = delivery && (await fastPathOf(options, delivery, metrics, log));

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
        onReady: (runNow) => requests.lead(runNow),
        onFault: (error) => log.warn(errorFields(error), 'when the next inspection is due could not be worked out: trying again'),
      },
      async (stop) => {
        if (!(await inspectOnce(options, epoch, { delivery, fast }, metrics, log, state, stop))) return;
        state.runs += 1;
        state.lastRunAt = unixNow();
      },
      () => {
        metrics.count('skipped');
        log.warn('a run was due while one was still going');
      },
      whileLeading,
    );
  /** The daily inspection and the look a minute, side by side. */
  const work = async (epoch: number, whileLeading: AbortSignal): Promise<void> => {
    sender.epoch = epoch;
    await Promise.all([inspectOnSchedule(epoch, whileLeading), fast?.run(whileLeading)]);
  };

  try {
    if (options.role === 'cluster') {
      const onChange = (leading: boolean): void => {
        state.waiting = !leading;
        metrics.setLeader(leading);
        log.info({ leading }, 'leadership');
      };
      const onTrouble = (reason: Reason | undefined): void => {
        state.trouble = reason;
        if (reason === undefined) log.info('the lease can be used again');
        else log.warn({ reason }, 'the lease cannot be used: trying again');
      };
      await leadWithLease(options, proxyFor, work, { onChange, onTrouble }, signal);
    } else {
      metrics.setLeader(true);
      await work(0, signal);
    }
  } finally {
    ending.abort();
    await sending;
  }
  log.info('agent stopped');
}

interface State {
  runs: number;
  waiting: boolean;
  trouble: Reason | undefined;
  lastRunAt?: number;
  /** The privacy guard let the last inspection not through: somebody must look, and readiness says so. */
  isBlocked: boolean;
}

/** The local alert: what kind of thing was found and under which registered key, never what it was. */
function tellBlocked(error: unknown, leak: string, metrics: AgentMetrics, log: Logger): void {
  metrics.countBlocked(leak);
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  log.error({ alert: 'PrivacyGuardTripped', leak, path }, 'the privacy guard blocked a payload: nothing of it was kept or sent');
}

/** @returns whether a result was kept; a failure is logged and counted here */
async function inspectOnce(
  options: AgentOptions,
  epoch: number,
  { delivery, fast }: { readonly delivery: Delivery | undefined; readonly fast: FastPath | undefined },
  metrics: AgentMetrics,
  log: Logger,
  state: State,
  stop: AbortSignal,
): Promise<boolean> {
  try {
    const summary = await runInProcess({ options, epoch, handover: delivery?.handover() }, stop);
    state.isBlocked = false;
    await delivery?.takeOver();
    await fast?.feed(summary.evaluation).catch((error: unknown) => log.warn(errorFields(error), 'signals of the inspection were not kept: they come again'));
    metrics.recordRun(summary, unixNow());
    for (const { section, status, reason, durationMs } of summary.gatherers) if (status === 'failed') log.debug({ section, reason, durationMs }, 'gatherer failed');
    const { durationMs, findings, score, coveragePercent, bytes, sha256 } = summary;
    log.info({ durationMs, findings, score, coveragePercent, bytes, sha256 }, 'inspection kept');
    return true;
  } catch (error) {
    if (stop.aborted) return false;
    metrics.count('failed');
    const leak = leakOf(error);
    if (leak === undefined) log.error(errorFields(error), 'inspection failed');
    else {
      state.isBlocked = true;
      tellBlocked(error, leak, metrics, log);
    }
    return false;
  }
}

/** The look a minute that opens incidents; without a collector nobody would hear of them. */
async function fastPathOf(options: AgentOptions, delivery: Delivery, metrics: AgentMetrics, log: Logger): Promise<FastPath> {
  const { FastPath } = await import('./fast-path.ts');
  const fast = await FastPath.open(options, {
    onSignals: async (batch) => {
      await delivery.onSignals(batch, fast.activeSignals);
      log.info({ complete: batch.complete, signals: batch.signals.length }, 'signals kept');
    },
    onLook(look, error) {
      metrics.recordLook(look, fast.activeSignals);
      if (look === undefined) log.warn(errorFields(error), 'a look failed');
    },
    onStateFault: (kind, error) => log.warn({ kind, ...(error !== undefined && errorFields(error)) }, 'the memory of the triggers was set aside or not written'),
  });
  return fast;
}

/** Loaded only where a collector is configured: the HTTP client costs memory on every node. */
async function deliveryOf(
  options: AgentOptions,
  delivery: DeliveryOptions,
  metrics: AgentMetrics,
  log: Logger,
  sender: DeliveryContext['sender'],
  { state, requests }: { readonly state: { readonly lastRunAt?: number }; readonly requests: RemoteRequests },
): Promise<Delivery> {
  const { openDelivery } = await import('./delivery/delivery.ts');
  const { stateDir, keyFile } = options;
  const clearNames = new Set(options.clearNames);
  let pseudonyms = await openPseudonyms(stateDir, keyFile);
  const boundary = async (): Promise<Boundary> => {
    pseudonyms = await openPseudonyms(stateDir, keyFile).catch(() => pseudonyms); // a disk that fails is what the signals are about
    return { pseudonyms, clearNames, words: options.guardWords };
  };
  const onBlocked = (error: unknown): void => tellBlocked(error, leakOf(error) ?? 'unregistered', metrics, log);
  return await openDelivery(delivery, {
    stateDir,
    boundary,
    registry: metrics.registry,
    log,
    sender,
    onBlocked,
    lastInspectionAt: () => state.lastRunAt,
    takes: options.remoteRequests ?? 'inspect',
    report: () => requests.report,
    optOut: options.optOut,
    onRequests: (asked) => requests.hear(asked),
  });
}

/** As the inspection sees it; a cluster agent looks at no machine. */
async function nodeNameOf({ role, nodeName, hostRoot, sampleMs }: AgentOptions): Promise<string | undefined> {
  if (role === 'cluster') return undefined;
  if (nodeName !== undefined) return nodeName;
  const [{ Host }, { hostNameOf }] = await Promise.all([import('./host/host.ts'), import('./host/host-name.ts')]);
  return await hostNameOf(await Host.at(hostRoot, { sampleMs, now: Date.now }));
}

/** Loaded only in the cluster role: a node agent has no credential and no HTTP client. */
async function leadWithLease(
  options: AgentOptions,
  proxyFor: (server: string) => string,
  lead: (epoch: number, signal: AbortSignal) => Promise<void>,
  { onChange, onTrouble }: { readonly onChange: (leading: boolean) => void; readonly onTrouble: (reason: Reason | undefined) => void },
  signal: AbortSignal,
): Promise<void> {
  if (!options.credential) throw new Error('the cluster role needs a kubeconfig or a ServiceAccount');
  const [{ LEASE_TIMES, LeaderLease }, { connect }, { readCredential }] = await Promise.all([
    import('./kube/lease.ts'),
    import('./kube/connection.ts'),
    import('./kube/credential.ts'),
  ]);
  const credential = await readCredential(options.credential, { signal });
  const lease = new LeaderLease(connect(credential, proxyFor(credential.server)), {
    ...LEASE_TIMES,
    ...options.lease,
    now: Date.now,
    clock: () => performance.now(),
    random: Math.random,
    onTrouble,
  });
  await lease.run(lead, onChange, signal);
}

function unixNow(): number {
  return Date.now() / 1_000;
}

/** JSON lines on standard output. */
export function agentLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
