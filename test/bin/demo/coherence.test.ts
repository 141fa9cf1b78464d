/** Every figure of the demo's world that is told twice is the same twice. */
import { describe, expect, it } from 'vitest';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { clusterSections, DEMO_CLUSTERS, type DemoCluster, hostSections, type Moment, nodeNames } from '../../../bin/demo/world.ts';
import { CLUSTER as HALF_YEAR } from '../../support/half-year.ts';
import { recordsOf } from '../../support/half-year-story.ts';

const HOUR = 3_600;
const NOW = 1_800_000_000;
/** Days ago: today, while a job runs out of memory, before the claim waited, a month and half a year ago. */
const MOMENTS: readonly Moment[] = [0, 2 / 24, 33 / 24, 3, 30, 183].map((ago) => ({ at: NOW - Math.round(ago * 24 * HOUR), now: NOW }));

type Whole = Required<Pick<SomeSections, 'pods' | 'workloads' | 'workloadUsage' | 'nodeUsage' | 'nodes' | 'addons' | 'claims' | 'volumes' | 'namespaces' | 'leaders'>>;
function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

describe.each(
  [...DEMO_CLUSTERS.filter(({ kind }) => kind === 'kubernetes'), HALF_YEAR].map(
    (cluster) => [`${cluster.name}, ${cluster.controlPlanes} + ${cluster.workers} nodes`, cluster] as const,
  ),
)('%s', (_name, cluster: DemoCluster) => {
  it.each(MOMENTS)('adds up at any moment %#', (moment) => {
    const { pods, workloads, workloadUsage, nodeUsage, nodes, addons, claims, volumes, namespaces, leaders } = clusterSections(cluster, moment) as Whole;
    const names = nodeNames(cluster);
    const pending = pods.abnormal.filter(({ node }) => node === '');
    const asked = pods.byWorkload ?? [];

    // Pods, by whatever they are counted.
    expect(sum(pods.byNamespace, (row) => row.pods)).toBe(pods.total);
    expect(sum(Object.values(pods.byPhase), (count) => count)).toBe(pods.total);
    expect(sum(pods.byNode, (row) => row.pods) + pending.length + pods.finished).toBe(pods.total);
    expect(sum(asked, (row) => row.pods) + pods.finished).toBe(pods.total);
    expect(sum(pods.byNamespace, ({ restarts }) => restarts)).toBe(pods.restarts);
    expect([pods.byPhase.Pending ?? 0, pods.unscheduled]).toEqual([pending.length, pending.length]);
    expect(pods.notReady).toBe(pods.abnormal.filter(({ phase, ready }) => phase === 'Running' && !ready).length);
    expect(sum(pods.byNamespace, ({ ready }) => ready)).toBe((pods.byPhase.Running ?? 0) - pods.notReady);

    // What is asked for: nodes and what waits for one, workloads, namespaces.
    const unplaced = asked.filter(({ name }) => pending.some(({ owner }) => owner === name));
    for (const key of ['cpuRequestsMillicores', 'memoryRequestsBytes'] as const) {
      expect(sum(asked, (row) => row[key])).toBe(sum(pods.byNamespace, (row) => row[key]));
      expect(sum(asked, (row) => row[key]) - sum(unplaced, (row) => row[key])).toBe(sum(pods.byNode, (row) => row[key]));
    }
    for (const node of nodes.rows) {
      const load = pods.byNode.find((row) => row.node === node.name);
      expect(load?.cpuRequestsMillicores).toBeLessThan(node.cpuAllocatableMillicores);
      expect(load?.memoryRequestsBytes).toBeLessThan(node.memoryAllocatableBytes);
    }

    // Use: of workloads, of namespaces, of nodes.
    for (const key of ['cpuMillicores', 'memoryBytes', 'pods'] as const) {
      const slack = workloadUsage.rows.length; // each is a whole number
      expect(Math.abs(sum(workloadUsage.rows, (row) => row[key]) - workloadUsage[key])).toBeLessThanOrEqual(slack);
      expect(Math.abs(sum(workloadUsage.byNamespace, (row) => row[key]) - workloadUsage[key])).toBeLessThanOrEqual(slack);
    }
    expect(sum(nodeUsage.rows, ({ cpuMillicores }) => cpuMillicores)).toBeGreaterThan(workloadUsage.cpuMillicores * (nodeUsage.rows.length / names.length) * 0.9);

    // Every workload in all lists, and as many of its pods.
    for (const row of workloads.rows.filter(({ kind }) => kind !== 'CronJob')) {
      const own = asked.find(({ namespace, name, kind }) => namespace === row.namespace && name === row.name && kind === row.kind);
      expect([row.name, own?.pods]).toEqual([row.name, row.current]);
      expect(namespaces.rows.map(({ name }) => name)).toContain(row.namespace);
    }
    expect(workloads.total).toBe(workloads.rows.length);
    for (const name of ['kube-proxy', 'cni-agent', 'node-exporter'])
      expect(addons.components.find(({ component }) => component === name)).toMatchObject({ desired: names.length, ready: names.length });
    for (const name of ['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager']) expect(asked.find((row) => row.name === name)?.pods).toBe(cluster.controlPlanes);
    expect([leaders.apiServers, nodes.total, addons.nodes, namespaces.total]).toEqual([cluster.controlPlanes, names.length, names.length, namespaces.rows.length]);
    expect([claims.bound, claims.total]).toEqual([volumes.total, volumes.total + claims.rows.length]);
    for (const { namespace } of pods.byNamespace) expect(namespaces.rows.map(({ name }) => name)).toContain(namespace);
  });

  it.each(MOMENTS)('has one operating system and one kernel a machine, whoever tells of it %#', (moment) => {
    const { nodes } = clusterSections(cluster, moment) as Whole;
    for (const { name, os: told, osVersion, kernel } of nodes.rows) {
      const { os } = hostSections(cluster, name, moment);
      expect([told, osVersion, kernel]).toEqual([os?.distribution, os?.release, os?.kernel]);
    }
  });

  it.each(MOMENTS)('measures machines alike from inside and by metrics-server, and the cluster between its nodes %#', (moment) => {
    const { nodes, nodeUsage } = clusterSections(cluster, moment) as Whole;
    const shares = nodeUsage.rows.map(({ node, cpuMillicores, memoryBytes }) => {
      const row = nodes.rows.find(({ name }) => name === node);
      const { cpu, memory } = hostSections(cluster, node, moment);
      const [processors, main] = [(cpuMillicores / (row?.cpuCapacityMillicores ?? 0)) * 100, (memoryBytes / (row?.memoryCapacityBytes ?? 0)) * 100];
      expect(Math.abs((cpu?.busyPercent ?? 0) - processors)).toBeLessThan(1);
      expect(Math.abs((memory?.usedPercent ?? 0) - main)).toBeLessThan(3);
      return [processors, main] as const;
    });
    for (const index of [0, 1] as const) {
      const own = shares.map((share) => share[index]);
      const mean = sum(own, (value) => value) / own.length;
      expect(mean).toBeGreaterThanOrEqual(Math.min(...own));
      expect(Math.max(...own)).toBeLessThan(75);
    }
  });
});

it('what machines show of a backup and what people registered of it is one backup', () => {
  const { backups } = recordsOf(['1', '2']);
  const at = Date.parse('2026-12-31T02:00:00+08:00') / 1_000;
  for (const days of [0, 4, 97]) {
    const moment = { at: at - days * 24 * HOUR, now: at };
    for (const { name, schedule = '', durationSeconds = 0, newestAt = '' } of backups) {
      const row = clusterSections(HALF_YEAR, moment).middleware?.rows.find(({ instance }) => instance.replace('/StatefulSet/', '/') === name);
      expect(row?.backupAt).toBe(Date.parse(newestAt) / 1_000 - days * 24 * HOUR);
      const begin = new Date((Number(row?.backupAt) - durationSeconds + 8 * HOUR) * 1_000).toISOString().slice(11, 16);
      expect(schedule).toContain(begin);
    }
  }
});
