import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../agent/checks/run.ts';
import { seal } from '../../../agent/wire/encode.ts';
import type { Finding } from '../../../agent/wire/inspection.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { readingOf } from '../../../bin/demo/reading.ts';
import { DEMO_CLUSTERS, type DemoCluster, nodeNames } from '../../../bin/demo/world.ts';

const NOW = 1_800_000_000;
const DAY = 86_400;
const pseudonyms = new Pseudonyms(new Uint8Array(32).fill(3));

/** Findings of the real checks; also proves that what the demo invents is within the contract. @param node left out: the cluster's agent. @param ago seconds */
function judge(cluster: DemoCluster, node: string | undefined, ago: number): readonly Finding[] {
  const moment = { at: NOW - Math.round(ago), now: NOW };
  const { role, sections, gatherers, checks, domains } = readingOf(cluster, node, moment);
  const { verdicts, findings } = runChecks(checks, sections, gatherers, domains, { now: moment.at, host: node ?? 'cluster-agent' });
  seal({ agent: { role, version: '0.1.0', epoch: 0 }, takenAt: moment.at, sections, gatherers, verdicts, findings }, { pseudonyms, clearNames: new Set() });
  return findings;
}
const [prod, test, core] = DEMO_CLUSTERS;
if (!prod || !test || !core) throw new Error('the demo has two clusters and machines beside them');

describe('the demo’s world', () => {
  it.each([0, 1 / 24, 1.4, 5, 8.9, 30])('stays within the contract %d days ago, on every machine', (ago) => {
    for (const cluster of DEMO_CLUSTERS) {
      for (const node of nodeNames(cluster)) judge(cluster, node, ago * DAY);
      if (cluster.kind === 'kubernetes') judge(cluster, undefined, ago * DAY);
    }
  });

  it('has as many members of etcd as control planes, and the runtime that the API server tells of', () => {
    const [node = ''] = nodeNames(prod);
    const moment = { at: NOW, now: NOW };
    const host = readingOf(prod, node, moment).sections;
    const runtime = readingOf(prod, undefined, moment).sections.nodes?.rows[0]?.runtimeVersion;
    expect(host.etcdFlags?.initialMemberCount).toBe(prod.controlPlanes);
    const alone = { ...prod, controlPlanes: 1 };
    expect(readingOf(alone, node, moment).sections.etcdFlags?.initialMemberCount).toBe(1);
    expect(host.packages?.rows.find(({ name }) => name === 'containerd')?.version).toMatch(new RegExp(`^${runtime}-`));
  });
  it('has its troubles found by the real checks, and not before they began', () => {
    const checksAt = (ago: number): readonly string[] => judge(prod, undefined, ago).map(({ check }) => check);
    expect(checksAt(0)).toEqual(expect.arrayContaining(['node-unreachable', 'pod-crash-loop', 'workload-replicas-unavailable', 'pod-unschedulable']));
    expect(checksAt(3_600)).not.toContain('node-unreachable');
    expect(checksAt(DAY)).not.toContain('pod-crash-loop');
    const disk = (ago: number): string | undefined => judge(prod, 'demo-prod-worker-2', ago).find(({ check }) => check === 'disk-space-low')?.severity;
    expect([disk(0), disk(5 * DAY), disk(25 * DAY)]).toEqual(['critical', 'warning', undefined]);
  });

  it('looked at everything: what a worker has not is said not to be there, never not to have been read', () => {
    for (const node of ['demo-prod-master-1', 'demo-prod-worker-1']) {
      const { sections, gatherers, checks, domains } = readingOf(prod, node, { at: NOW, now: NOW });
      const { verdicts } = runChecks(checks, sections, gatherers, domains, { now: NOW, host: node });
      expect(verdicts.filter(({ check, verdict }) => verdict === 'unknown' && /^(?:etcd|kubelet-(?:apiserver|static))/.test(check)).map(({ check }) => check)).toEqual([]);
    }
  });
  it('has a second cluster that only its release troubles', () => {
    expect(judge(test, undefined, 0).map(({ check }) => check)).toEqual(['control-plane-version-end-of-life']);
  });

  it('has middleware in its clusters, and application servers on machines that no cluster knows', () => {
    const at = { at: NOW, now: NOW };
    const [inCluster, onHost] = [readingOf(prod, undefined, at), readingOf(core, 'demo-core-1', at)];
    expect(inCluster.sections.middleware?.rows.map(({ instance, ready }) => [instance, ready])).toEqual([
      ['payments/StatefulSet/ledger-db', 3],
      ['payments/StatefulSet/session-cache', 3],
      ['web/StatefulSet/order-queue', 3],
    ]);
    expect(inCluster.sections.middlewareMysql?.members.map(({ member, role }) => [member, role])).toEqual([
      ['ledger-db-0', 'primary'],
      ['ledger-db-1', 'replica'],
      ['ledger-db-2', 'replica'],
    ]);
    expect(judge(prod, undefined, 0).map(({ check }) => check)).toEqual(expect.arrayContaining(['redis-maxmemory-unset', 'mysql-slow-log-off']));
    expect(onHost.gatherers.find(({ section }) => section === 'kubelet')).toMatchObject({ status: 'absent' });
    expect(onHost.sections.machine).toMatchObject({ controlPlane: false, kubernetesNode: false });
    // TongWeb 7 has none of what the newer one inspects of itself: no such check passes.
    const { verdicts } = runChecks(onHost.checks, onHost.sections, onHost.gatherers, onHost.domains, { now: NOW, host: 'demo-core-1' });
    const ofEight = ['tongweb-alert-policy-off', 'tongweb-baseline-mandatory-failed', 'tongweb-config-protection-off', 'tongweb-console-trusted-ip-any'];
    expect(verdicts.filter(({ check }) => ofEight.includes(check)).map(({ verdict }) => verdict)).toEqual(ofEight.map(() => 'not-applicable'));
    const checks = judge(core, 'demo-core-1', 0).map(({ check }) => check);
    expect(checks).toEqual(expect.arrayContaining(['tongweb-license-expiring', 'tongweb-runs-as-root', 'tongweb-oom', 'tongweb-heap-unequal']));
    expect(checks.filter((check) => /^(kubelet|etcd|certificate)-/.test(check))).toEqual([]);
    expect(judge(core, 'demo-core-2', 0)).toEqual([]);
  });
});
