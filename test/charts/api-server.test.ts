/** The chart on a real API server: every object is accepted, and what the agents are given is enough and not too much. */
import { X509Certificate } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxiosInstance } from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { CLUSTER_GATHERERS } from '../../agent/gatherers/cluster/index.ts';
import { inspect } from '../../agent/inspection.ts';
import { openCluster } from '../../agent/kube/cluster-of.ts';
import { connect } from '../../agent/kube/connection.ts';
import { readCredential } from '../../agent/kube/credential.ts';
import { LeaderLease } from '../../agent/kube/lease.ts';
import { KEY_BYTES } from '../../agent/wire/pseudonym.ts';
import { type ApiServer, apply, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { CHART, type KubeObject, must, NO_HELM, tool } from '../support/helm.ts';

const REASON = NO_HELM || NO_API_SERVER;
const NAMESPACE = 'inspection';
/** Kinds of operators that a bare API server does not know; only that they exist matters here. */
const FOREIGN = [
  ['monitoring.coreos.com', 'PodMonitor', 'podmonitors'],
  ['monitoring.coreos.com', 'ServiceMonitor', 'servicemonitors'],
  ['monitoring.coreos.com', 'PrometheusRule', 'prometheusrules'],
  ['cert-manager.io', 'Certificate', 'certificates'],
] as const;

describe.skipIf(REASON !== '')(`the chart on a real API server${REASON && ` (skipped: ${REASON})`}`, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
    await apply(server.http, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
    for (const [group, kind, plural] of FOREIGN) {
      await apply(server.http, {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${group}` },
        spec: {
          group,
          scope: 'Namespaced',
          names: { kind, plural, singular: kind.toLowerCase() },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
        },
      });
    }
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const helm = async (args: readonly string[]): Promise<string> => await must('helm', [...args, '--namespace', NAMESPACE], { kubeconfig: server.kubeconfig });
  const get = async (path: string): Promise<KubeObject> => (await server.http.get<KubeObject>(path)).data;
  const secret = async (name: string): Promise<Record<string, string>> => (await get(`/api/v1/namespaces/${NAMESPACE}/secrets/${name}`)).data ?? {};

  it.each(readdirSync(join(CHART, 'ci')))('every object of %s is taken by the server, field by field', async (file) => {
    const manifest = await helm(['template', 'site', CHART, '--values', join(CHART, 'ci', file), '--dry-run=server']);
    const { code, err, out } = await tool('kubectl', ['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename', '-', '--output', 'name'], {
      kubeconfig: server.kubeconfig,
      stdin: manifest,
    });
    expect(err).not.toMatch(/unknown field|error/i);
    expect(code).toBe(0);
    expect(out.trim().split('\n').length).toBeGreaterThan(8);
  });

  it('keeps what it made once over upgrades and rollbacks, renews what must be, and uninstalls without a trace', async () => {
    await helm(['install', 'site', CHART]);
    const names = ['site-xunjian-site-key', 'site-xunjian-token', 'site-xunjian-collector-keys', 'site-xunjian-ca-key', 'site-xunjian-collector-tls'];
    const before = await Promise.all(names.map(secret));
    expect(Buffer.from(before[0]?.['site.key'] ?? '', 'base64')).toHaveLength(KEY_BYTES);
    expect(Buffer.from(before[1]?.['token'] ?? '', 'base64').toString()).toMatch(/^xj_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(before[2]?.['secret.key'] ?? '', 'base64').toString()).toMatch(/^[0-9a-f]{64}$/);

    await helm(['upgrade', 'site', CHART, '--set', 'cluster.replicas=3']);
    expect(await Promise.all(names.map(secret))).toEqual(before);
    expect((await get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/site-xunjian-cluster`)).spec?.['replicas']).toBe(3);

    // Another name: a new certificate of the same authority.
    await helm(['upgrade', 'site', CHART, '--set', 'tls.extraNames={inspection.example.com}']);
    const [leaf, ca] = await Promise.all([secret('site-xunjian-collector-tls'), secret('site-xunjian-ca-key')]);
    const certificate = new X509Certificate(Buffer.from(leaf['tls.crt'] ?? '', 'base64'));
    const authority = new X509Certificate(Buffer.from(ca['tls.crt'] ?? '', 'base64'));
    expect(ca).toEqual(before[3]);
    expect(certificate.subjectAltName).toContain('inspection.example.com');
    expect(certificate.subjectAltName).toContain('site-xunjian-collector.inspection.svc');
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);

    // An old certificate is renewed, a young one is not.
    const old = (Math.floor(Date.now() / 1_000) - 366 * 86_400).toString();
    await must('kubectl', ['-n', NAMESPACE, 'annotate', 'secret', 'site-xunjian-collector-tls', `xunjian/made-at=${old}`, '--overwrite'], { kubeconfig: server.kubeconfig });
    await helm(['upgrade', 'site', CHART, '--set', 'tls.extraNames={inspection.example.com}', '--force-conflicts']);
    expect((await secret('site-xunjian-collector-tls'))['tls.crt']).not.toBe(leaf['tls.crt']);

    await helm(['rollback', 'site', '1', '--force-conflicts']);
    expect((await get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/site-xunjian-cluster`)).spec?.['replicas']).toBe(2);
    expect((await secret('site-xunjian-ca-key'))['tls.key']).toBe(before[3]?.['tls.key']);
    expect(await secret('site-xunjian-site-key')).toEqual(before[0]);

    await helm(['uninstall', 'site']);
    expect(await leftovers()).toEqual([]);
    await helm(['install', 'site', CHART, '--set', 'keepOnUninstall=true']);
    const kept = await secret('site-xunjian-site-key');
    await helm(['uninstall', 'site']);
    expect(await secret('site-xunjian-site-key')).toEqual(kept);
    await helm(['install', 'site', CHART]); // a new release takes over what the old one left
    expect(await secret('site-xunjian-site-key')).toEqual(kept);
    await helm(['uninstall', 'site']);
    expect(await leftovers()).toEqual([]);
  });

  /** What is being deleted is gone: nobody runs here who would take the finalizer of a volume claim away. */
  async function leftovers(): Promise<string[]> {
    const kinds =
      'secrets,configmaps,services,serviceaccounts,persistentvolumeclaims,daemonsets.apps,deployments.apps,statefulsets.apps,roles,rolebindings,clusterroles,clusterrolebindings,networkpolicies,poddisruptionbudgets,leases,flowschemas,prioritylevelconfigurations';
    const template = '{{range .items}}{{if not .metadata.deletionTimestamp}}{{.kind}}/{{.metadata.name}} {{end}}{{end}}';
    const listed = await Promise.all(
      ['app.kubernetes.io/instance=site', 'owner=helm'].map((selector) =>
        must('kubectl', ['get', kinds, '--all-namespaces', '--selector', selector, '--output', `go-template=${template}`], { kubeconfig: server.kubeconfig }),
      ),
    );
    return listed
      .join('')
      .split(' ')
      .filter((name) => name !== '');
  }

  describe('with the token of the cluster agent', () => {
    let kubeconfig: string;
    let http: AxiosInstance;
    beforeAll(async () => {
      await helm(['install', 'site', CHART, '--set', 'flowSchema.enabled=true']);
      kubeconfig = await kubeconfigOf('site-xunjian-cluster');
      http = await clientOf(kubeconfig);
    });

    async function kubeconfigOf(account: string): Promise<string> {
      const answer = await server.http.post<{ status: { token: string } }>(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${account}/token`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { audiences: ['https://kubernetes.default.svc'], expirationSeconds: 3_600 },
      });
      const admin = (await must('kubectl', ['config', 'view', '--raw', '--minify'], { kubeconfig: server.kubeconfig })).replace(/token: .*/, `token: ${answer.data.status.token}`);
      const path = join(server.directory, `${account}.kubeconfig`);
      writeFileSync(path, admin, { mode: 0o600 });
      return path;
    }
    async function clientOf(path: string): Promise<AxiosInstance> {
      const { default: axios } = await import('axios');
      const { server: url, headers, agent } = connect(await readCredential({ kind: 'files', paths: [path] }));
      return axios.create({ baseURL: url, headers, httpsAgent: agent, proxy: false, validateStatus: () => true });
    }

    it('everything that the cluster agent does works: no gatherer is denied anything', async () => {
      const now = (): number => Date.now() / 1_000;
      const { cluster } = await openCluster({ kind: 'files', paths: [kubeconfig] }, () => '', now, AbortSignal.timeout(60_000));
      const { gatherers } = await inspect({
        gatherers: CLUSTER_GATHERERS,
        checks: CHECKS,
        sources: { cluster },
        hostName: 'x',
        signal: AbortSignal.timeout(120_000),
        now,
        clock: () => performance.now(),
      });
      expect(gatherers.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(gatherers.filter(({ status }) => status === 'ok').length).toBeGreaterThan(20);
    });

    it('its Lease can be taken and given up', async () => {
      const stop = new AbortController();
      const epochs: number[] = [];
      const lease = new LeaderLease(connect(await readCredential({ kind: 'files', paths: [kubeconfig] })), {
        ...{ namespace: NAMESPACE, name: 'site-xunjian-cluster', identity: 'one', durationMs: 2_000, renewDeadlineMs: 1_200, retryMs: 200 },
        ...{ now: Date.now, clock: () => performance.now(), random: () => 0 },
      });
      await lease.run(
        async (epoch) => {
          epochs.push(epoch);
          stop.abort();
        },
        () => undefined,
        stop.signal,
      );
      expect(epochs).toHaveLength(1);
    });

    const space = `/api/v1/namespaces/${NAMESPACE}`;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [{ name: 'x', image: 'x' }] } };
    const lease = (name: string): object => ({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name } });
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [] } };
    it.each([
      ['read Secrets', 'get', '/api/v1/secrets'],
      ['read the site key', 'get', `${space}/secrets/site-xunjian-site-key`],
      ['read the authority’s key', 'get', `${space}/secrets/site-xunjian-ca-key`],
      ['read ConfigMaps', 'get', `${space}/configmaps`],
      ['read one ConfigMap', 'get', `${space}/configmaps/site-xunjian-agent`],
      ['read logs', 'get', `${space}/pods/x/log`],
      ['exec', 'post', `${space}/pods/x/exec?command=id`],
      ['attach', 'post', `${space}/pods/x/attach`],
      ['forward ports', 'post', `${space}/pods/x/portforward`],
      ['debug with another container', 'patch', `${space}/pods/x/ephemeralcontainers`],
      ['reach through nodes', 'get', '/api/v1/nodes/x/proxy/pods'],
      ['reach through services', 'get', `${space}/services/site-xunjian-collector/proxy/`],
      ['make pods', 'post', `${space}/pods`, pod],
      ['delete pods', 'delete', `${space}/pods/x`],
      ['evict', 'post', `${space}/pods/x/eviction`, { apiVersion: 'policy/v1beta1', kind: 'Eviction', metadata: { name: 'x' } }],
      ['cordon nodes', 'patch', '/api/v1/nodes/x'],
      ['change deployments', 'patch', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/site-xunjian-cluster`],
      ['scale', 'patch', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/site-xunjian-cluster/scale`],
      ['change its own role', 'patch', `/apis/rbac.authorization.k8s.io/v1/clusterroles/${NAMESPACE}-site-xunjian-cluster`],
      [
        'bind roles',
        'post',
        '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRoleBinding',
          metadata: { name: 'x' },
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        },
      ],
      ['make tokens', 'post', `${space}/serviceaccounts/default/token`, review],
      ['write events', 'post', `${space}/events`, { apiVersion: 'v1', kind: 'Event', metadata: { name: 'x' } }],
      ['update another Lease', 'put', `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/other`, lease('other')],
      ['make a Lease', 'post', `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases`, lease('x')],
      ['delete its Lease', 'delete', `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/site-xunjian-cluster`],
      ['make a Lease elsewhere', 'post', '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases', lease('x')],
      ['renew the scheduler’s Lease', 'put', '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler', lease('kube-scheduler')],
      [
        'sign certificates',
        'put',
        '/apis/certificates.k8s.io/v1/certificatesigningrequests/x/approval',
        { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name: 'x' } },
      ],
      ['read the debug endpoints', 'get', '/debug/pprof/'],
    ] as const)('it may not %s', async (_what, method, url, data?: object) => {
      const headers = method === 'patch' ? { 'content-type': 'application/merge-patch+json' } : {};
      const { status } = await http.request({ method, url, data: data ?? (method === 'patch' || method === 'post' ? {} : undefined), headers });
      expect(status).toBe(403);
    });

    it('it may not act for others', async () => {
      expect((await http.get('/api/v1/nodes', { headers: { 'impersonate-user': 'admin' } })).status).toBe(403);
    });

    it.each(['site-xunjian-node', 'site-xunjian-collector'])('the account of %s may do nothing at all', async (account) => {
      const other = await clientOf(await kubeconfigOf(account));
      for (const path of [
        '/api/v1/pods',
        '/api/v1/nodes',
        `${space}/pods`,
        `${space}/secrets`,
        `${space}/configmaps`,
        '/metrics',
        `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases`,
      ])
        expect((await other.get(path)).status, path).toBe(403);
    });

    it('a priority level of its own serves it', async () => {
      const { headers } = await http.get('/api/v1/nodes?limit=1');
      const level = await server.http.get<KubeObject & { metadata: { uid: string } }>(
        `/apis/flowcontrol.apiserver.k8s.io/v1beta1/prioritylevelconfigurations/${NAMESPACE}-site-xunjian`,
      );
      expect(level.status).toBe(200);
      expect(headers['x-kubernetes-pf-prioritylevel-uid']).toBe(level.data.metadata.uid);
    });
  });
});
