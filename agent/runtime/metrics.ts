/** What the agent says about itself to Prometheus. Labels are section names, check ids and closed words: never a name of the site. */
import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Registry from 'prom-client/lib/registry.js';
import { SEVERITIES } from '../wire/vocabulary.ts';
import type { RunSummary } from './inspection-process.ts';

type Result = 'ok' | 'failed' | 'skipped';

export interface AgentMetrics {
  /** Further series are registered here. */
  readonly registry: Registry;
  /** @param endedAt Unix seconds */
  recordRun(run: RunSummary, endedAt: number): void;
  count(result: Result): void;
  /** @param look `undefined` when it failed */
  recordLook(look: { readonly durationMs: number } | undefined, activeSignals: number): void;
  setLeader(leader: boolean): void;
  /** @param leak what the privacy guard found, a closed word */
  countBlocked(leak: string): void;
  /** Prometheus' text format. */
  text(): Promise<string>;
}

/** @param now Unix seconds, for the run's age */
export function agentMetrics(now: () => number): AgentMetrics {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => new Gauge({ name, help, labelNames, registers: [registry] });
  /** Without a value, and so without a line, until the first run: 0 would be an answer. */
  const ofLastRun = (name: string, help: string): Gauge => {
    const made = gauge(name, help);
    made.remove();
    return made;
  };
  const duration = gauge('xunjian_gatherer_duration_seconds', 'How long the gatherer took in the last run', ['section']);
  const success = gauge('xunjian_gatherer_success', '1 when the gatherer had a value or its thing is absent, 0 when it failed', ['section']);
  const verdict = gauge('xunjian_check_verdict', '1 for the verdict that the check gave in the last run', ['check', 'verdict']);
  const findings = gauge('xunjian_findings', 'Open findings of the last run', ['severity']);
  const coverage = ofLastRun('xunjian_coverage_ratio', 'Checks answered of checks that apply in the last run');
  const score = ofLastRun('xunjian_score', 'Score of the last run, 0 to 100; NaN when nothing was checked');
  const lastRun = ofLastRun('xunjian_last_run_timestamp_seconds', 'When the last run ended');
  const runDuration = ofLastRun('xunjian_run_duration_seconds', 'How long the last run took');
  const leader = gauge('xunjian_leader', '1 while this replica may inspect: always outside the cluster role, else while it holds the Lease');
  const active = ofLastRun('xunjian_active_signals', 'Troubles that are told as not over');
  const lookDuration = ofLastRun('xunjian_look_duration_seconds', 'How long the last look of the fast path took');
  const looks = new Counter({ name: 'xunjian_looks_total', help: 'Looks of the fast path by result', labelNames: ['result'], registers: [registry] });
  const runs = new Counter({ name: 'xunjian_runs_total', help: 'Runs by result', labelNames: ['result'], registers: [registry] });
  const blocked = new Counter({
    name: 'xunjian_guard_blocked_total',
    help: 'Payloads that the privacy guard blocked, by what it found',
    labelNames: ['leak'],
    registers: [registry],
  });
  let endedAt: number | undefined;
  new Gauge({
    name: 'xunjian_run_age_seconds',
    help: 'Seconds since the last run ended',
    registers: [registry],
    collect() {
      if (endedAt === undefined) this.remove();
      else this.set(Math.max(0, now() - endedAt));
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  for (const result of ['ok', 'failed', 'skipped']) runs.inc({ result }, 0);

  return {
    registry,
    recordRun(run, at) {
      endedAt = at;
      duration.reset();
      success.reset();
      verdict.reset();
      for (const { section, status, durationMs } of run.gatherers) {
        duration.set({ section }, durationMs / 1_000);
        success.set({ section }, status === 'failed' ? 0 : 1);
      }
      for (const { check, verdict: word } of run.verdicts) verdict.set({ check, verdict: word }, 1);
      for (const severity of SEVERITIES) findings.set({ severity }, run.findings[severity]);
      coverage.set(run.coveragePercent / 100);
      score.set(run.score ?? Number.NaN);
      lastRun.set(at);
      runDuration.set(run.durationMs / 1_000);
      runs.inc({ result: 'ok' });
    },
    recordLook(look, activeSignals) {
      active.set(activeSignals);
      looks.inc({ result: look === undefined ? 'failed' : 'ok' });
      if (look !== undefined) lookDuration.set(look.durationMs / 1_000);
    },
    count: (result) => runs.inc({ result }),
    countBlocked: (leak) => blocked.inc({ leak }),
    setLeader: (held) => leader.set(held ? 1 : 0),
    text: () => registry.metrics(),
  };
}
