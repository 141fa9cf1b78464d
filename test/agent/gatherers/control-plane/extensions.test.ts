import { describe, expect, it } from 'vitest';
import { parseUnavailable } from '../../../../agent/gatherers/cluster/control-plane/api-services.ts';
import { hasReady, readBundle, worstOf } from '../../../../agent/gatherers/cluster/control-plane/backends.ts';
import { problemsOf } from '../../../../agent/gatherers/cluster/control-plane/custom-resources.ts';
import { coversCore, coversEverything, coversPods } from '../../../../agent/gatherers/cluster/control-plane/webhook-scope.ts';
import { API_SERVICES, CUSTOM_RESOURCE_DEFINITIONS, ENDPOINT_SLICES, MUTATING_WEBHOOKS, VALIDATING_WEBHOOKS } from '../../../../agent/kube/resources.ts';
import { LONG_LIVED, SHORT_LIVED } from './certificates.ts';
import { gather } from './run-one.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const KUBE_SYSTEM = { 'kubernetes.io/metadata.name': 'kube-system' };
const PODS = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' }];
const ALL = [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }];

describe('the scope of a webhook', () => {
  it.each([
    ['everything', { failurePolicy: 'Fail', rules: ALL }, true, true],
    ['everything, but lets requests pass', { failurePolicy: 'Ignore', rules: ALL }, false, false],
    ['pods everywhere', { rules: PODS }, false, true],
    [
      'pods outside kube-system',
      { rules: PODS, namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }] } },
      false,
      false,
    ],
    ['pods of labelled namespaces', { rules: PODS, namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } } }, false, false],
    ['labelled objects', { rules: ALL, objectSelector: { matchLabels: { app: 'x' } } }, false, false],
    ['objects without a label', { rules: ALL, objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] } }, true, true],
    ['by match conditions', { rules: ALL, matchConditions: [{ name: 'x', expression: 'false' }] }, false, false],
    ['its own resources', { rules: [{ apiGroups: ['cert-manager.io'], operations: ['CREATE'], resources: ['*'] }] }, false, false],
    ['cluster-scoped resources', { rules: [{ apiGroups: ['*'], operations: ['*'], resources: ['*'], scope: 'Cluster' }] }, true, false],
    ['exec only', { rules: [{ apiGroups: [''], operations: ['CONNECT'], resources: ['pods/exec'] }] }, false, false],
    ['nothing', {}, false, false],
  ])('%s', (_name, webhook, everything, core) => {
    expect([coversEverything(webhook), coversCore(webhook, KUBE_SYSTEM)]).toEqual([everything, core]);
  });
  it('tells pods of its own namespace', () => {
    expect(coversPods({ rules: PODS }, {})).toBe(true);
    expect(coversPods({ rules: [{ apiGroups: ['apps'], operations: ['*'], resources: ['deployments'] }] }, {})).toBe(false);
  });
});

describe('a CA bundle', () => {
  it('ends with its last certificate', () => {
    expect(readBundle(base64(SHORT_LIVED.pem))).toEqual({ expiresAt: SHORT_LIVED.expiresAt, unreadable: false });
    expect(readBundle(base64(`# comment\n${SHORT_LIVED.pem}${LONG_LIVED.pem}`))).toEqual({ expiresAt: LONG_LIVED.expiresAt, unreadable: false });
  });
  it.each([
    [undefined, false],
    ['', false],
    ['Cg==', true],
    [base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'), true],
    [base64('-----BEGIN CERTIFICATE-----'.repeat(1_000)), true],
    ['%%%', true],
  ])('that is none: %j', (bundle, unreadable) => {
    expect(readBundle(bundle)).toMatchObject({ unreadable });
  });
});

describe('endpoints', () => {
  it.each([
    [
      {
        items: [
          {
            endpoints: [
              { addresses: ['10.0.0.1'], conditions: { ready: false } },
              { addresses: ['10.0.0.2'], conditions: {} },
            ],
          },
        ],
      },
      true,
    ],
    [{ items: [{ endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: false } }] }] }, false],
    [{ items: [{ endpoints: null }] }, false],
    [{ items: [{ endpoints: [null, 5] }] }, false],
    [{}, false],
  ])('%j', (slices, ready) => {
    expect(hasReady(slices)).toBe(ready);
  });
  it('takes the worst state', () => {
    expect(worstOf(['ready', 'no-endpoints', 'url'])).toBe('no-endpoints');
    expect(worstOf([])).toBe('none');
  });
});

describe('webhook configurations', () => {
  const service = (name: string): object => ({ service: { namespace: 'gate', name }, caBundle: base64(SHORT_LIVED.pem) });
  const slices = (...endpoints: object[]): string => JSON.stringify({ items: [{ endpoints }] });
  const paths = {
    '/api/v1/namespaces/kube-system': JSON.stringify({ metadata: { labels: { control: 'yes' } } }),
    '/api/v1/namespaces/gate': JSON.stringify({ metadata: { labels: {} } }),
    '/api/v1/namespaces/gate/services/up': '{"spec":{}}',
    '/api/v1/namespaces/gate/services/down': '{"spec":{}}',
    '/apis/discovery.k8s.io/v1/namespaces/gate/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dup': slices({ addresses: ['10.0.0.1'], conditions: { ready: true } }),
    '/apis/discovery.k8s.io/v1/namespaces/gate/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Ddown': slices({ addresses: ['10.0.0.1'], conditions: { ready: false } }),
  };
  it('are joined with what stands behind them', async () => {
    const { value, report } = await gather('webhooks', {
      objects: [
        [
          VALIDATING_WEBHOOKS,
          [
            {
              metadata: { name: 'good' },
              webhooks: [
                {
                  name: 'a',
                  failurePolicy: 'Fail',
                  clientConfig: service('up'),
                  rules: PODS,
                  namespaceSelector: { matchExpressions: [{ key: 'control', operator: 'DoesNotExist' }] },
                  timeoutSeconds: 3,
                  sideEffects: 'None',
                },
              ],
            },
            {
              metadata: { name: 'bad' },
              webhooks: [
                { clientConfig: service('up'), failurePolicy: 'Ignore' },
                { clientConfig: service('gone'), failurePolicy: 'Fail', sideEffects: 'Unknown', rules: [] },
              ],
            },
          ],
        ],
        [
          MUTATING_WEBHOOKS,
          [
            {
              metadata: { name: 'lazy' },
              webhooks: [
                { clientConfig: service('down'), failurePolicy: 'Ignore' },
                { clientConfig: { url: 'https://secret.example.com' }, failurePolicy: 'Ignore' },
              ],
            },
            { metadata: { name: 'empty' } },
          ],
        ],
        [ENDPOINT_SLICES, []],
      ],
      paths,
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value?.total).toBe(4);
    expect(
      value?.rows.map(({ name, backend, service: behind, failing, failingBackend, timeoutSeconds, coversKubeSystem, coversOwnBackend, sideEffects }) => [
        name,
        backend,
        behind,
        failing,
        failingBackend,
        timeoutSeconds,
        coversKubeSystem,
        coversOwnBackend,
        sideEffects,
      ]),
    ).toEqual([
      ['bad', 'service-missing', 'gone', 1, true, 10, false, false, true],
      ['good', 'ready', 'up', 1, false, 3, false, true, false],
      ['lazy', 'no-endpoints', 'down', 0, false, 10, false, false, false],
      ['empty', 'none', undefined, 0, false, 0, false, false, false],
    ]);
    expect(JSON.stringify(value)).not.toContain('secret');
  });
  it('tell when their Services may not be read, and put no foreign text into a path', async () => {
    const { value } = await gather('webhooks', {
      objects: [
        [
          VALIDATING_WEBHOOKS,
          [
            { metadata: { name: 'a' }, webhooks: [{ clientConfig: { service: { namespace: '../../secrets', name: 'x' } } }] },
            { metadata: { name: 'b' }, webhooks: [{ clientConfig: service('up') }] },
          ],
        ],
        [MUTATING_WEBHOOKS, []],
      ],
      paths: { '/api/v1/namespaces/gate/services/up': { status: 403, text: '{}' } },
    });
    expect(value?.rows.map(({ backend }) => backend)).toEqual(['unread', 'unread']);
  });
});

describe('custom resource definitions', () => {
  const definition = (name: string, status: object, extra: object = {}): object => ({
    metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      versions: [
        { name: 'v1', served: true },
        { name: 'v1beta1', served: true, deprecated: true },
        { name: 'v1alpha1', served: false },
      ],
      ...extra,
    },
    status,
  });
  const OK = {
    conditions: [
      { type: 'Established', status: 'True' },
      { type: 'NamesAccepted', status: 'True' },
    ],
  };
  it.each([
    [{ ...OK, storedVersions: ['v1'] }, []],
    [{ ...OK, storedVersions: ['v1', 'v1beta1'] }, ['stored-version-deprecated']],
    [{ ...OK, storedVersions: ['v1alpha1', 'v0'] }, ['stored-version-unserved', 'stored-version-removed']],
    [{ conditions: [{ type: 'NamesAccepted', status: 'False' }] }, ['not-established', 'names-conflict']],
    [{}, ['not-established']],
  ])('with status %j: %j', (status, problems) => {
    expect(problemsOf(definition('x', status) as Record<string, unknown>)).toEqual(problems);
  });
  it('become rows only when something is wrong', async () => {
    const conversion = { strategy: 'Webhook', webhook: { clientConfig: { service: { namespace: 'gate', name: 'gone' }, caBundle: base64(LONG_LIVED.pem) } } };
    const { value, report } = await gather('customResources', {
      objects: [[CUSTOM_RESOURCE_DEFINITIONS, [definition('a.x.io', OK), definition('b.x.io', OK, { conversion }), definition('c.x.io', {})]]],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({
      total: 3,
      conversionWebhooks: 1,
      dropped: 0,
      rows: [
        { name: 'b.x.io', conversion: 'service-missing', conversionCaExpiresAt: LONG_LIVED.expiresAt },
        { name: 'c.x.io', problems: ['not-established'], conversion: 'none' },
      ],
    });
  });
});

describe('API services', () => {
  const item = (name: string, status: string | undefined, reason = 'Passed', spec: object = {}): Record<string, unknown> => ({
    metadata: { name },
    spec,
    status: status === undefined ? {} : { conditions: [{ type: 'Available', status, reason, lastTransitionTime: '2026-11-21T23:00:00Z', message: 'secret' }] },
  });
  it('become rows only when they are not available', async () => {
    expect(parseUnavailable(item('v1.apps', 'True', 'Local'))).toBeUndefined();
    const { value, report } = await gather('apiServices', {
      objects: [
        [
          API_SERVICES,
          [
            item('v1.apps', 'True'),
            item('v1beta1.metrics.k8s.io', 'False', 'MissingEndpoints', { service: { name: 'm' }, insecureSkipTLSVerify: true }),
            item('v1.acme.com', undefined),
            item('v2.acme.com', 'False', 'AcmeReason'),
          ],
        ],
      ],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ total: 4, aggregated: 1, insecure: 1, dropped: 0 });
    expect(value?.rows.map(({ name, available, reason }) => [name, available, reason])).toEqual([
      ['v1beta1.metrics.k8s.io', 'false', 'MissingEndpoints'],
      ['v1.acme.com', 'unknown', 'other'],
      ['v2.acme.com', 'false', 'other'],
    ]);
  });
});
