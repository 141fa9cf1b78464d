import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiServer, clockOffset, median, parseFailing, parseVersion } from '../../../../agent/gatherers/cluster/control-plane/api-server.ts';
import { NODE_METRICS } from '../../../../agent/kube/resources.ts';
import { gather } from './run-one.ts';

describe('/version', () => {
  it.each([
    ['v1.20.2', 20, 'vanilla', 'v1.20.2'],
    ['v1.36.0-rc.1', 36, 'vanilla', 'v1.36.0-rc.1'],
    ['v1.30.1+k3s1', 30, 'k3s', 'v1.30.1+k3s1'],
    ['v1.28.9+rke2r1', 28, 'rke2', 'v1.28.9+rke2r1'],
    ['v1.29.4-eks-036c24b', 29, 'eks', 'v1.29.4-eks-036c24b'],
    ['v1.27.3-gke.100', 27, 'gke', 'v1.27.3-gke.100'],
    ['v1.30.1-aliyun.1', 30, 'ack', undefined],
    ['v1.28.3-tke.3', 28, 'tke', 'v1.28.3-tke.3'],
    ['v1.28.3-r0-28.0.6', 28, 'cce', 'v1.28.3-r0-28.0.6'],
    ['v1.27.6+f67aeb3', 27, 'openshift', undefined],
    ['v1.25.3-acme-bank', 25, 'other', 'v1.25.3-x-x'],
  ])('%s', (gitVersion, minor, distribution, version) => {
    const parsed = parseVersion({ major: '1', minor: '99+', gitVersion, platform: 'linux/arm64' });
    expect(parsed).toMatchObject({ major: 1, minor, distribution, architecture: 'arm64' });
    if (version !== undefined) expect(parsed.version).toBe(version);
  });
  it.each([{}, { gitVersion: '' }, { gitVersion: 'acme' }, { gitVersion: 7 }])('without a version is malformed: %j', (answer) => {
    expect(() => parseVersion(answer)).toThrow(expect.objectContaining({ reason: 'malformed' }));
  });
});

it('groups the failing health checks', () => {
  const text =
    '[+]ping ok\n[-]etcd failed: reason withheld\n[-]poststarthook/rbac/bootstrap-roles failed: reason withheld\n[-]poststarthook/crd-informer-synced failed\n[-]acme-check failed: secret text\nreadyz check failed\n';
  expect(parseFailing(text)).toEqual({ known: ['etcd', 'poststarthook'], others: 1 });
  expect(parseFailing('')).toEqual({ known: [], others: 0 });
  expect(parseFailing('[-]'.repeat(100_000))).toEqual({ known: [], others: 0 });
});
it('takes the median', () => {
  expect(median([])).toBeUndefined();
  expect(median([9, 1, 5])).toBe(5);
});

describe('the offset of the clock', () => {
  it.each([
    ['the same second', 100, 100.2, 100.3, 0],
    ['a second that ended while we asked', 99, 99.9, 100.3, 0],
    ['two hours ahead', 7_300, 100.2, 100.3, 7_199.7],
    ['two hours behind', -7_100, 100.2, 100.3, -7_199.2],
    ['ahead by less than the answer took', 105, 100, 110, 0],
  ])('%s', (_, server, askedAt, heardAt, offset) => expect(clockOffset([{ server, askedAt, heardAt }])).toBe(offset));
  it('is that of the worst server behind a load balancer', () => expect(clockOffset([0, 90, 30].map((ahead) => ({ server: 100 + ahead, askedAt: 100, heardAt: 100 })))).toBe(90));
  it('is unknown without a date', () => expect(clockOffset([])).toBeUndefined());
  it('never exceeds the truth, and misses it by no more than the requests took and a second', () => {
    const request = fc.record({ startMs: fc.nat(100_000), thereMs: fc.nat(5_000), backMs: fc.nat(5_000) });
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.array(request, { minLength: 1, maxLength: 5 }), (trueMs, requests) => {
        const answers = requests.map(({ startMs, thereMs, backMs }) => ({
          server: Math.floor((startMs + thereMs + trueMs) / 1_000),
          askedAt: startMs / 1_000,
          heardAt: (startMs + thereMs + backMs) / 1_000,
        }));
        const off = (clockOffset(answers) ?? Number.NaN) * 1_000;
        const slack = Math.min(...requests.map(({ thereMs, backMs }) => thereMs + backMs)) + 1_000;
        expect(Math.abs(off)).toBeLessThanOrEqual(Math.abs(trueMs) + 50);
        expect(Math.abs(off)).toBeGreaterThanOrEqual(Math.abs(trueMs) - slack - 50);
        if (off !== 0) expect(Math.sign(off)).toBe(Math.sign(trueMs));
      }),
    );
  });
});

const VERSION = '{"major":"1","minor":"35","gitVersion":"v1.35.8","platform":"linux/amd64"}';
describe('the gatherer', () => {
  it('tells a healthy server', async () => {
    const { value, report } = await gather('apiServer', {
      paths: { '/version': VERSION, '/livez?verbose': '[+]ping ok\nlivez check passed', '/readyz?verbose': '[+]ping ok\nreadyz check passed', '/readyz': 'ok' },
      objects: [[NODE_METRICS, []]],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ minor: 35, livez: 'ok', readyz: 'ok', failingChecks: [], resourceMetrics: 'served', answerMs: expect.any(Number) });
  });
  it('tells a failing one, with a metrics API that is down', async () => {
    const { value } = await gather('apiServer', {
      paths: {
        '/version': VERSION,
        '/livez?verbose': 'ok',
        '/readyz?verbose': { status: 500, text: '[-]etcd failed: reason withheld\nreadyz check failed' },
        '/readyz': { status: 500, text: 'no' },
        '/apis/metrics.k8s.io/v1beta1': { status: 500, text: '{}' },
      },
    });
    expect(value).toMatchObject({ livez: 'ok', readyz: 'failing', failingChecks: ['etcd'], resourceMetrics: 'unavailable' });
  });
  it('looks a second time before it calls a server failing', async () => {
    let asked = 0;
    const text = async (path: string): Promise<{ status: number; text: string }> => {
      const hiccup = path === '/livez?verbose' && ++asked === 1;
      return await Promise.resolve(hiccup ? { status: 500, text: '[-]etcd failed: reason withheld' } : { status: 200, text: 'ok' });
    };
    const cluster = { text, get: async () => await Promise.resolve(JSON.parse(VERSION) as object), servedVersion: async () => await Promise.resolve('v1beta1') };
    const value = await apiServer.gather(cluster as never, AbortSignal.timeout(10_000));
    expect(value).toMatchObject({ livez: 'ok', failingChecks: [] });
    expect(asked).toBe(2);
  });
  it('leaves out what it may not read', async () => {
    const { value } = await gather('apiServer', { paths: { '/version': VERSION, '/livez?verbose': { status: 403, text: '' }, '/readyz?verbose': { status: 403, text: '' } } });
    expect(value).toMatchObject({ minor: 35, resourceMetrics: 'not-registered' });
    expect(value).not.toHaveProperty('livez');
    expect(value).not.toHaveProperty('answerMs');
  });
});
