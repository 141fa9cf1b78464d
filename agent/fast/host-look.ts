/** One look at this machine: the sections that fast checks read, once. */
import type { AgentOptions } from '../agent-options.ts';
import { HOST_CHECKS } from '../checks/host-checks.ts';
import type { Gatherer } from '../gatherers/gatherer.ts';
import { HOST_GATHERERS } from '../gatherers/host/index.ts';
import { gatherersFor } from '../gatherers/roles.ts';
import { runGatherers } from '../gatherers/run.ts';
import { Host } from '../host/host.ts';
import { hostNameOf } from '../host/host-name.ts';
import { SECTIONS } from '../wire/registry.ts';
import { fastOf, judge } from './judge.ts';
import type { Look } from './look.ts';

/** Samples a second apart: the fast path must be over before the next begins, and its rates have a `for`. */
const SAMPLE_MS = 1_000;
const FAST_HOST_CHECKS = fastOf(HOST_CHECKS);

/** Gatherers of the sections that fast checks read, in this role. */
export function fastHostGatherers(role: 'node' | 'host'): readonly Gatherer[] {
  const wanted = new Set<string>(FAST_HOST_CHECKS.flatMap(({ reads }) => reads));
  return gatherersFor(role, HOST_GATHERERS).filter(({ section }) => wanted.has(section));
}

/** @param signal bounds the whole look */
export async function lookAtHost(options: AgentOptions, role: 'node' | 'host', signal: AbortSignal): Promise<Look> {
  const began = performance.now();
  const host = await Host.at(options.hostRoot, {
    sampleMs: Math.min(SAMPLE_MS, options.sampleMs),
    now: Date.now,
    paths: options.hostPaths,
    kubernetesNode: options.role === 'node',
  });
  const name = options.nodeName ?? (await hostNameOf(host));
  const optedOut = new Set<string>(options.optOut);
  const gatherers = fastHostGatherers(role).filter(({ section }) => !optedOut.has(SECTIONS[section].group));
  const { sections, reports } = await runGatherers(gatherers, { host }, { signal, clock: () => performance.now(), concurrency: 64 });
  const evaluation = judge(sections, reports, {
    checks: FAST_HOST_CHECKS,
    settings: options.settings,
    suppressions: options.suppressions,
    triggers: options.triggers?.settings ?? {},
    now: Math.floor(Date.now() / 1_000),
    host: name,
  });
  const used = process.cpuUsage(); // its process lives for this look alone: loading the code counts;
  return {
    evaluation,
    durationMs: Math.round(performance.now() - began),
    cpuMs: Math.round((used.user + used.system) / 1_000),
    rssBytes: process.memoryUsage.rss(),
    failed: reports.flatMap(({ section, status, reason }) => (status === 'failed' ? [{ section, reason: reason ?? 'failed' }] : [])),
  };
}
