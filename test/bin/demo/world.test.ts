import { describe, expect, it } from 'vitest';
import { CLUSTER_CHECKS } from '../../../agent/checks/cluster-checks.ts';
import { HOST_CHECKS } from '../../../agent/checks/host-checks.ts';
import { runChecks } from '../../../agent/checks/run.ts';
import { seal } from '../../../agent/wire/encode.ts';
import type { Finding } from '../../../agent/wire/inspection.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Domain } from '../../../agent/wire/vocabulary.ts';
import { reportsOf } from '../../../bin/demo/machines.ts';
import { clusterSections, DEMO_CLUSTERS, hostSections, nodeNames } from '../../../bin/demo/world.ts';

const NOW = 1_800_000_000;
const DAY = 86_400;
const pseudonyms = new Pseudonyms(new Uint8Array(32).fill(3));

/** Findings of the real checks; also proves that what the demo invents is within the contract. */
function judge(sections: SomeSections, domain: Domain, at: number, host: string): readonly Finding[] {
  const gatherers = reportsOf(sections, domain, 1);
  const { verdicts, findings } = runChecks(domain === 'host' ? HOST_CHECKS : CLUSTER_CHECKS, sections, gatherers, new Set([domain]), { now: at, host });
  seal(
    { agent: { role: domain === 'host' ? 'node' : 'cluster', version: '0.1.0', epoch: 0 }, takenAt: at, sections, gatherers, verdicts, findings },
    { pseudonyms, clearNames: new Set() },
  );
  return findings;
}
const [prod, test] = DEMO_CLUSTERS;
if (!prod || !test) throw new Error('the demo has two clusters');

describe('the demo’s world', () => {
  it.each([0, 1 / 24, 1.4, 5, 8.9, 30])('stays within the contract %d days ago, on every machine', (ago) => {
    for (const cluster of DEMO_CLUSTERS) {
      const moment = { at: NOW - Math.round(ago * DAY), now: NOW };
      for (const node of nodeNames(cluster)) judge(hostSections(cluster, node, moment), 'host', moment.at, node);
      judge(clusterSections(cluster, moment), 'cluster', moment.at, 'cluster-agent');
    }
  });

  it('has its troubles found by the real checks, and not before they began', () => {
    const checksAt = (ago: number): readonly string[] => judge(clusterSections(prod, { at: NOW - ago, now: NOW }), 'cluster', NOW - ago, 'x').map(({ check }) => check);
    expect(checksAt(0)).toEqual(expect.arrayContaining(['node-unreachable', 'pod-crash-loop', 'workload-replicas-unavailable', 'pod-unschedulable']));
    expect(checksAt(3_600)).not.toContain('node-unreachable');
    expect(checksAt(DAY)).not.toContain('pod-crash-loop');
    const disk = (ago: number): string | undefined =>
      judge(hostSections(prod, 'demo-prod-worker-2', { at: NOW - ago, now: NOW }), 'host', NOW - ago, 'demo-prod-worker-2').find(({ check }) => check === 'disk-space-low')
        ?.severity;
    expect([disk(0), disk(5 * DAY), disk(25 * DAY)]).toEqual(['critical', 'warning', undefined]);
  });

  it('looked at everything: what a worker has not is said not to be there, never not to have been read', () => {
    for (const node of ['demo-prod-master-1', 'demo-prod-worker-1']) {
      const sections = hostSections(prod, node, { at: NOW, now: NOW });
      const { verdicts } = runChecks(HOST_CHECKS, sections, reportsOf(sections, 'host', 1), new Set<Domain>(['host']), { now: NOW, host: node });
      expect(verdicts.filter(({ check, verdict }) => verdict === 'unknown' && /^(?:etcd|kubelet-(?:apiserver|static))/.test(check)).map(({ check }) => check)).toEqual([]);
    }
  });
  it('has a second cluster that only its release troubles', () => {
    const findings = judge(clusterSections(test, { at: NOW, now: NOW }), 'cluster', NOW, 'x');
    expect(findings.map(({ check }) => check)).toEqual(['control-plane-version-end-of-life']);
  });
});
