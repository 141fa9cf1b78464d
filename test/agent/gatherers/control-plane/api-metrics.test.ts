import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatherApiMetrics, growth, isSameProcess, levels, tally } from '../../../../agent/gatherers/cluster/control-plane/api-metrics.ts';
import { ApiMetricsTally } from '../../../../agent/gatherers/cluster/control-plane/api-metrics-tally.ts';
import { conform } from '../../../../agent/wire/conform.ts';
import { SECTIONS } from '../../../../agent/wire/registry.ts';
import { clusterOf } from '../../../support/api.ts';

/** Chosen lines of a real kube-apiserver 1.20.2. */
const REAL = readFileSync(join(import.meta.dirname, 'metrics-1.20.2.txt'), 'utf8');

function tallyOf(text: string): ApiMetricsTally {
  const out = new ApiMetricsTally();
  for (const line of text.split('\n')) out.read(line);
  return out;
}
async function* lines(count: number): AsyncGenerator<string> {
  for (let i = 0; i < count; i += 1) yield `x_total{i="${i}"} 1`;
}

describe('metrics of a real 1.20 API server', () => {
  const value = levels(tallyOf(REAL));
  it('tells levels and sums', () => {
    expect(value).toMatchObject({
      startedAt: expect.closeTo(1_795_318_185, -1),
      maxFiles: 20_000,
      inflightReadOnly: expect.any(Number),
      inflightMutating: expect.any(Number),
      inflightLimit: 603,
      aggregatedDown: 1,
      terminated: expect.any(Number),
      webhookFailures: 1,
      webhookCalls: 2,
      auditEvents: 0,
      etcdDatabaseBytes: expect.any(Number),
    });
    expect(value.requests).toBeGreaterThan(20);
    expect(value.errorPercent).toBeGreaterThan(0);
    expect(value.latencyP99Ms).toBeGreaterThan(0);
    expect(value.etcdP99Ms).toBeGreaterThan(0);
  });
  it('tells deprecated APIs in registered words', () => {
    expect(value.deprecated).toEqual([{ group: 'extensions', apiVersion: 'v1beta1', resource: 'ingresses', removedMinor: 22 }]);
  });
  it('counts stored objects by kind', () => {
    expect(value.objects).toMatchObject({ clusterroles: 60, namespaces: 4 });
  });
  it('fits its section', () => {
    expect(conform(SECTIONS.apiMetrics, value).dropped).toBe(0);
  });
});

describe('metrics under their later names', () => {
  it.each([
    ['apiserver_storage_objects{resource="pods"} 12', { pods: 12 }],
    ['apiserver_storage_objects{resource="deployments.apps"} 7', { deployments: 7 }],
    ['apiserver_resource_objects{group="apps",resource="deployments"} 8', { deployments: 8 }],
    ['apiserver_resource_objects{group="",resource="events"} 9', { events: 9 }],
    ['apiserver_storage_objects{resource="services.example.com"} 99', { other: 99 }],
    ['apiserver_resource_objects{group="example.com",resource="services"} 98', { other: 98 }],
    ['apiserver_storage_objects{resource="pods"} -1', undefined],
  ])('%s', (line, objects) => {
    expect(levels(tallyOf(line)).objects).toEqual(objects);
  });
  it('takes the limit of concurrency from nominal seats, exempt requests left out', () => {
    const text =
      'apiserver_flowcontrol_nominal_limit_seats{priority_level="exempt"} 500\napiserver_flowcontrol_nominal_limit_seats{priority_level="system"} 245\napiserver_flowcontrol_request_concurrency_limit{priority_level="system"} 88';
    expect(levels(tallyOf(text)).inflightLimit).toBe(245);
  });
  it.each(['apiserver_storage_size_bytes{storage_cluster_id="etcd-0"} 4096', 'apiserver_storage_db_total_size_in_bytes{endpoint="x"} 4096'])('%s', (line) => {
    expect(levels(tallyOf(line)).etcdDatabaseBytes).toBe(4_096);
  });
});

describe('two readings', () => {
  const start = 'process_start_time_seconds 1795318185.66\nprocess_cpu_seconds_total 10\n';
  const first = tallyOf(
    `${start}apiserver_request_total{code="200",verb="GET"} 100\napiserver_client_certificate_expiration_seconds_bucket{le="604800"} 5\napiserver_client_certificate_expiration_seconds_bucket{le="86400"} 0\napiserver_client_certificate_expiration_seconds_bucket{le="+Inf"} 50`,
  );
  const second = tallyOf(
    'process_start_time_seconds 1795318185.66\nprocess_cpu_seconds_total 11.5\napiserver_request_total{code="200",verb="GET"} 160\napiserver_request_total{code="500",verb="GET"} 20\napiserver_client_certificate_expiration_seconds_bucket{le="604800"} 8\napiserver_client_certificate_expiration_seconds_bucket{le="86400"} 1\napiserver_client_certificate_expiration_seconds_bucket{le="+Inf"} 90',
  );
  it('give rates of the interval', () => {
    expect(isSameProcess(first, second)).toBe(true);
    expect(growth(first, second, 3)).toMatchObject({
      sampleSeconds: 3,
      cpuMillicores: 500,
      recentRequests: 80,
      recentErrorPercent: 25,
      recentClientCertificates: 40,
      recentCertificatesWithin7Days: 3,
      recentCertificatesWithin1Day: 1,
    });
  });
  it('of two instances behind one address give none', () => {
    expect(isSameProcess(first, tallyOf('process_start_time_seconds 1795318999\nprocess_cpu_seconds_total 11'))).toBe(false);
    expect(isSameProcess(first, tallyOf(''))).toBe(false);
  });
});

describe('streams that are no metrics', () => {
  it('are malformed when nothing is known, too large when they do not end', async () => {
    await expect(tally(lines(10))).rejects.toMatchObject({ reason: 'malformed' });
    await expect(tally(lines(100), 50)).rejects.toMatchObject({ reason: 'too-large' });
  });
  it('keep a bounded number of deprecated APIs and say how many there are', () => {
    const text = Array.from({ length: 3_000 }, (_, i) => `apiserver_requested_deprecated_apis{group="g${i}",removed_release="1.${i % 90}",resource="r",version="v${i}"} 1`).join(
      '\n',
    );
    const value = levels(tallyOf(text));
    expect(value.deprecatedCount).toBe(1_000);
    expect(value.deprecated).toHaveLength(200);
    expect(conform(SECTIONS.apiMetrics, value).dropped).toBe(0);
  });
});

it('gathers both readings from the API server', async () => {
  const cluster = await clusterOf({ paths: { '/metrics': REAL } });
  const value = await gatherApiMetrics(cluster, new AbortController().signal, 1);
  expect(value).toMatchObject({ recentRequests: 0, sampleSeconds: expect.any(Number) });
  expect(conform(SECTIONS.apiMetrics, value).dropped).toBe(0);
});
it('is forbidden without the right to read /metrics', async () => {
  const cluster = await clusterOf({ paths: { '/metrics': { status: 403, text: '{}' } } });
  await expect(gatherApiMetrics(cluster, new AbortController().signal, 1)).rejects.toMatchObject({ reason: 'forbidden' });
});
