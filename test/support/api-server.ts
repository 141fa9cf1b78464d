/**
 * A real etcd and kube-apiserver on loopback, from the folder that KUBEBUILDER_ASSETS names (the convention of envtest).
 * Bounded: both processes end with the test, their data is a temporary folder.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';

const ASSETS = process.env['KUBEBUILDER_ASSETS'] ?? '';
/** Why tests with a real API server are skipped; empty when they can run. */
export const NO_API_SERVER =
  ASSETS !== '' && existsSync(join(ASSETS, 'kube-apiserver')) && existsSync(join(ASSETS, 'etcd')) ? '' : 'KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd';

export interface ApiServer {
  readonly url: string;
  readonly kubeconfig: string;
  readonly directory: string;
  /** Forgets all versions but the present one, in the store itself. */
  compact(): Promise<void>;
  readonly http: AxiosInstance;
  /** Kubeconfig of a user without any rights beyond discovery. */
  readonly nobodyKubeconfig: string;
  stopServer(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Token that the API server accepts as a cluster administrator; made for this run. */
const TOKEN = 'test-admin-token';

export async function startApiServer(extraFlags: readonly string[] = []): Promise<ApiServer> {
  const directory = mkdtempSync(join(tmpdir(), 'xunjian-kube-'));
  const [etcdPort, peerPort, apiPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const file = (name: string): string => join(directory, name);
  execFileSync('openssl', ['genrsa', '-out', file('sa.key'), '2048'], { stdio: 'ignore' });
  writeFileSync(file('tokens.csv'), `${TOKEN},admin,admin,system:masters\nnobody-token,nobody,nobody\n`, { mode: 0o600 });
  const children: ChildProcess[] = [];
  const start = (name: string, args: readonly string[]): ChildProcess => {
    const child = spawn(join(ASSETS, name), args, { stdio: 'ignore', cwd: directory });
    children.push(child);
    return child;
  };
  start('etcd', [
    '--data-dir',
    file('etcd'),
    '--listen-client-urls',
    `http://127.0.0.1:${etcdPort}`,
    '--advertise-client-urls',
    `http://127.0.0.1:${etcdPort}`,
    '--listen-peer-urls',
    `http://127.0.0.1:${peerPort}`,
    '--unsafe-no-fsync',
    '--quota-backend-bytes',
    String(6 * 1024 ** 3),
  ]);
  const apiServer = start('kube-apiserver', [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${apiPort}`,
    `--cert-dir=${file('pki')}`,
    '--service-cluster-ip-range=10.0.0.0/16',
    '--authorization-mode=RBAC',
    `--token-auth-file=${file('tokens.csv')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('sa.key')}`,
    `--service-account-signing-key-file=${file('sa.key')}`,
    '--allow-privileged=true',
    '--disable-admission-plugins=ServiceAccount',
    '--max-requests-inflight=400',
    ...extraFlags,
  ]);
  const url = `https://127.0.0.1:${apiPort}`;
  const http = axios.create({
    baseURL: url,
    headers: { authorization: `Bearer ${TOKEN}` },
    httpsAgent: new https.Agent({ rejectUnauthorized: false, keepAlive: true, maxSockets: 16 }),
    proxy: false,
    validateStatus: () => true,
  });
  const stop = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(8_000).then(() => child.kill('SIGKILL'))]);
  };
  const dispose = async (): Promise<void> => {
    for (const child of children.toReversed()) await stop(child);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await untilReady(http, apiServer);
  } catch (error) {
    await dispose();
    throw error;
  }
  const ca = readFileSync(file('pki/apiserver.crt')).toString('base64');
  const kubeconfigOf = (name: string, token: string): string => {
    const path = file(`${name}.kubeconfig`);
    writeFileSync(
      path,
      [
        'apiVersion: v1',
        'kind: Config',
        'current-context: test',
        `clusters: [{name: test-cluster, cluster: {server: "${url}", certificate-authority-data: "${ca}"}}]`,
        `users: [{name: ${name}, user: {token: "${token}"}}]`,
        `contexts: [{name: test, context: {cluster: test-cluster, user: ${name}}}]`,
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
    return path;
  };
  return {
    url,
    directory,
    async compact() {
      const etcd = axios.create({ baseURL: `http://127.0.0.1:${etcdPort}/v3/kv`, proxy: false });
      const { data } = await etcd.post<{ header: { revision: string } }>('/range', { key: 'AA==' });
      await etcd.post('/compaction', { revision: data.header.revision, physical: true });
    },
    http,
    kubeconfig: kubeconfigOf('admin', TOKEN),
    nobodyKubeconfig: kubeconfigOf('nobody', 'nobody-token'),
    stopServer: () => stop(apiServer),
    [Symbol.asyncDispose]: dispose,
  };
}

async function untilReady(http: AxiosInstance, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`kube-apiserver ended with ${server.exitCode}`);
    const status = await http.get('/readyz').then(
      (answer) => answer.status,
      () => 0,
    );
    // The namespaces that every cluster has are made by the server itself, a little after it is ready.
    if (status === 200 && (await http.get('/api/v1/namespaces/kube-node-lease')).status === 200) return;
    await sleep(250);
  }
  throw new Error('kube-apiserver was not ready within a minute');
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const PATHS: Readonly<Record<string, string>> = {
  Namespace: '/api/v1/namespaces',
  Node: '/api/v1/nodes',
  PersistentVolume: '/api/v1/persistentvolumes',
  StorageClass: '/apis/storage.k8s.io/v1/storageclasses',
  PriorityClass: '/apis/scheduling.k8s.io/v1/priorityclasses',
  ValidatingWebhookConfiguration: '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
  MutatingWebhookConfiguration: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  APIService: '/apis/apiregistration.k8s.io/v1/apiservices',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
  CustomResourceDefinition: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  CertificateSigningRequest: '/apis/certificates.k8s.io/v1/certificatesigningrequests',
  VolumeAttachment: '/apis/storage.k8s.io/v1/volumeattachments',
  IngressClass: '/apis/networking.k8s.io/v1/ingressclasses',
  CSINode: '/apis/storage.k8s.io/v1/csinodes',
};
const PLURALS: Readonly<Record<string, string>> = { Ingress: 'ingresses', NetworkPolicy: 'networkpolicies', EndpointSlice: 'endpointslices', Endpoints: 'endpoints' };

/** A Kubernetes object as tests write it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly status?: object;
  readonly [key: string]: unknown;
}

export function collectionPath({ apiVersion, kind, metadata }: Manifest): string {
  const known = PATHS[kind];
  if (known !== undefined) return known;
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${base}/namespaces/${metadata.namespace ?? 'default'}/${PLURALS[kind] ?? `${kind.toLowerCase()}s`}`;
}

/** Creates an object, then writes its status, which the API server drops at creation. @throws with the server's answer */
export async function apply(http: AxiosInstance, manifest: Manifest): Promise<void> {
  const path = collectionPath(manifest);
  const created = await http.post<Record<string, unknown>>(path, manifest);
  if (created.status !== 201 && created.status !== 409)
    throw new Error(`${manifest.kind} ${manifest.metadata.name}: ${created.status} ${JSON.stringify(created.data).slice(0, 400)}`);
  if (manifest.status === undefined) return;
  const object = created.status === 201 ? created.data : (await http.get<Record<string, unknown>>(`${path}/${manifest.metadata.name}`)).data;
  const answer = await http.put(`${path}/${manifest.metadata.name}/status`, { ...object, status: manifest.status });
  if (answer.status !== 200) throw new Error(`status of ${manifest.kind} ${manifest.metadata.name}: ${answer.status} ${JSON.stringify(answer.data).slice(0, 400)}`);
}

/** Deletes an object; finalizers and grace periods keep it as long as they say. */
export async function remove(http: AxiosInstance, manifest: Manifest): Promise<void> {
  await http.delete(`${collectionPath(manifest)}/${manifest.metadata.name}`);
}
