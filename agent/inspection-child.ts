/** Process of one inspection: gathers, judges, seals, keeps, tells its parent the summary, and ends. */
import { join } from 'node:path';
import { getProxyForUrl } from 'proxy-from-env';
import type { AgentOptions } from './agent-options.ts';
import type { Check } from './checks/check.ts';
import { handOver } from './delivery/handover.ts';
import { evaluationOf } from './fast/judge.ts';
import type { Gatherer } from './gatherers/gatherer.ts';
import { gatherersFor } from './gatherers/roles.ts';
import { reasonOf, type Sources } from './gatherers/run.ts';
import { Host } from './host/host.ts';
import { hostNameOf } from './host/host-name.ts';
import { type Inspection, inspect } from './inspection.ts';
import { MIDDLEWARE_DEFAULTS } from './middleware/declaration.ts';
import { withPack } from './packs/applied.ts';
import { errorFields } from './runtime/error-fields.ts';
import type { RunAnswer, RunRequest, RunSummary } from './runtime/inspection-process.ts';
import { keepPayload } from './runtime/spool.ts';
import { withoutFetch } from './runtime/without-fetch.ts';
import { readBaselines } from './site/baselines.ts';
import { keepCounters, readCounters } from './site/middleware-counters.ts';
import { LAST_INSPECTION, writePrivate } from './site/private-file.ts';
import { keepReverseTable, openPseudonyms } from './site/site.ts';
import type { Evaluation } from './triggers/evaluation.ts';
import { VERSION } from './version.ts';
import { seal } from './wire/encode.ts';
import type { SealedPayload } from './wire/encode-values.ts';
import { GuardTrippedError } from './wire/guard.ts';
import type { Domain, Reason } from './wire/vocabulary.ts';

withoutFetch();
const unixNow = (): number => Date.now() / 1_000;

async function run({ options: given, epoch, handover }: RunRequest, stop: AbortSignal): Promise<RunSummary> {
  const { options, pack } = await withPack(given);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(options.deadlineMs)]);
  const pseudonyms = await openPseudonyms(options.stateDir, options.keyFile);
  const { gatherers, checks, middleware } = await rulesOf(options);
  const { sources, faults, hostName } = await openSources(options, signal);
  const inspection = await inspect({
    gatherers: gatherersFor(options.role, gatherers),
    checks,
    sources,
    middleware,
    faults,
    settings: options.settings,
    suppressions: options.suppressions,
    optOut: options.optOut,
    hostName,
    signal,
    now: unixNow,
    clock: () => performance.now(),
  });
  stop.throwIfAborted(); // an unfinished run says nothing about the machine
  const { sections, gatherers: reports, verdicts, findings, takenAt } = inspection;
  const payload = seal(
    {
      agent: { role: options.role, version: VERSION, epoch, pack, ...(options.role !== 'cluster' && { node: hostName }) },
      takenAt,
      sections,
      gatherers: reports,
      verdicts,
      findings,
    },
    { pseudonyms, clearNames: new Set(options.clearNames), words: options.guardWords },
  );
  if (handover) await handOver(handover, payload);
  else await keepPayload(join(options.stateDir, 'spool'), takenAt, payload);
  await keepReverseTable(options.stateDir, pseudonyms);
  if (middleware?.counters) await keepCounters(options.stateDir, middleware.counters.kept, takenAt);
  await writePrivate(join(options.stateDir, LAST_INSPECTION), payload.json).catch(() => undefined); // for `preview --diff-last` only
  const { settings, suppressions, triggers } = options;
  const evaluation = evaluationOf({ verdicts, findings, sections, reports }, { checks, settings, suppressions, triggers: triggers?.settings ?? {}, now: takenAt, host: hostName });
  return summaryOf(inspection, payload, evaluation);
}

/** A node agent loads what is about hosts, a cluster agent what is about clusters; middleware is nobody's on a node of a cluster. */
async function rulesOf(options: AgentOptions): Promise<{ gatherers: readonly Gatherer[]; checks: readonly Check[]; middleware?: Parameters<typeof inspect>[0]['middleware'] }> {
  const { role } = options;
  if (role === 'node') return await hostRules();
  const [rules, middleware] = await Promise.all([role === 'cluster' ? clusterRules() : hostRules(), middlewareRules(options)]);
  return { gatherers: rules.gatherers, checks: [...rules.checks, ...middleware.checks], middleware };
}
async function hostRules(): Promise<{ gatherers: readonly Gatherer[]; checks: readonly Check[] }> {
  const [{ HOST_GATHERERS }, { HOST_CHECKS }] = await Promise.all([import('./gatherers/host/index.ts'), import('./checks/host-checks.ts')]);
  return { gatherers: HOST_GATHERERS, checks: HOST_CHECKS };
}
async function clusterRules(): Promise<{ gatherers: readonly Gatherer[]; checks: readonly Check[] }> {
  const [{ CLUSTER_GATHERERS }, { CLUSTER_CHECKS }] = await Promise.all([import('./gatherers/cluster/index.ts'), import('./checks/cluster-checks.ts')]);
  return { gatherers: CLUSTER_GATHERERS, checks: CLUSTER_CHECKS };
}
async function middlewareRules({ stateDir, middleware = MIDDLEWARE_DEFAULTS }: AgentOptions) {
  const [{ MIDDLEWARE }, { MIDDLEWARE_CHECKS }, { CounterMemory }, baselines, before] = await Promise.all([
    import('./gatherers/middleware/index.ts'),
    import('./checks/middleware/index.ts'),
    import('./gatherers/middleware/counters.ts'),
    readBaselines(stateDir),
    readCounters(stateDir),
  ]);
  return { products: MIDDLEWARE, checks: MIDDLEWARE_CHECKS, config: middleware, baselines, counters: new CounterMemory(before) };
}

async function openSources(options: AgentOptions, signal: AbortSignal): Promise<{ sources: Sources; faults: Partial<Record<Domain, Reason>>; hostName: string }> {
  if (options.role !== 'cluster') {
    const host = await Host.at(options.hostRoot, { sampleMs: options.sampleMs, now: Date.now, paths: options.hostPaths, kubernetesNode: options.role === 'node' });
    return { sources: { host }, faults: {}, hostName: options.nodeName ?? (await hostNameOf(host)) };
  }
  const hostName = options.nodeName ?? 'cluster-agent';
  if (!options.credential) return { sources: {}, faults: { cluster: 'unauthorized' }, hostName };
  const { openCluster } = await import('./kube/cluster-of.ts');
  try {
    return { sources: { cluster: (await openCluster(options.credential, getProxyForUrl, unixNow, signal)).cluster }, faults: {}, hostName };
  } catch (error) {
    const reason = reasonOf(error);
    return { sources: {}, faults: { cluster: reason === 'failed' ? 'unreachable' : reason }, hostName };
  }
}

function summaryOf({ durationMs, gatherers, verdicts, findings, score, coverage }: Inspection, payload: SealedPayload, evaluation: Evaluation): RunSummary {
  const open = { critical: 0, warning: 0, info: 0 };
  for (const { severity } of findings) open[severity] += 1;
  return {
    durationMs,
    gatherers: gatherers.map(({ section, status, reason, durationMs: took }) => ({ section, status, reason, durationMs: took })),
    verdicts: verdicts.map(({ check, verdict }) => ({ check, verdict })),
    findings: open,
    score: score.total,
    coveragePercent: coverage.percent,
    bytes: payload.json.length,
    sha256: payload.sha256,
    evaluation,
  };
}

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.once('disconnect', () => process.exit(0)); // the agent is gone, or has its answer
process.once('message', (request) => {
  const tell = (answer: RunAnswer): void => void process.send?.(answer);
  run(request as RunRequest, stop.signal).then(
    (summary) => tell({ summary }),
    (error: unknown) => tell({ ...errorFields(error), ...(error instanceof GuardTrippedError && { path: error.path }) }),
  );
});
