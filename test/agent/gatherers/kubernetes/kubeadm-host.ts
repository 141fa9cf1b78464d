/** The files of a control-plane node as kubeadm 1.34 leaves it on openEuler 22.03, cut to what is read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gatherer } from '../../../../agent/gatherers/gatherer.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { Host } from '../../../../agent/host/host.ts';
import type { GathererReport } from '../../../../agent/wire/inspection.ts';
import type { SectionName, Sections } from '../../../../agent/wire/section-values.ts';
import type { Files } from '../../../support/tree.ts';

export function pem(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../../fixtures/pki', `${name}.crt`), 'latin1');
}

/** Not a key: the words that a reader must step over. */
export const KEY_BLOCK = ['-----BEGIN EC PRIVATE KEY-----', 'c2VjcmV0LW1hdGVyaWFsLXRoYXQtbXVzdC1ub3QtbGVhdmU=', '-----END EC PRIVATE KEY-----', ''].join('\n');

export const KUBELET_CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
authorization:
  mode: Webhook
  webhook:
    cacheAuthorizedTTL: 0s
    cacheUnauthorizedTTL: 0s
cgroupDriver: systemd
clusterDNS:
- 10.96.0.10
clusterDomain: cluster.local
containerRuntimeEndpoint: unix:///var/run/containerd/containerd.sock
cpuManagerReconcilePeriod: 0s
evictionPressureTransitionPeriod: 0s
fileCheckFrequency: 0s
healthzBindAddress: 127.0.0.1
healthzPort: 10248
httpCheckFrequency: 0s
imageMinimumGCAge: 0s
kind: KubeletConfiguration
memorySwap: {}
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
streamingConnectionIdleTimeout: 0s
syncFrequency: 0s
`;

export const APISERVER_MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  annotations:
    kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: 10.20.30.41:6443
  labels:
    component: kube-apiserver
    tier: control-plane
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
  - command:
    - kube-apiserver
    - --advertise-address=10.20.30.41
    - --allow-privileged=true
    - --audit-log-maxage=30
    - --audit-log-path=/var/log/kubernetes/audit.log
    - --audit-policy-file=/etc/kubernetes/audit.yaml
    - --authorization-mode=Node,RBAC
    - --client-ca-file=/etc/kubernetes/pki/ca.crt
    - --enable-admission-plugins=NodeRestriction,AcmeCustomPlugin
    - --enable-bootstrap-token-auth=true
    - --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt
    - --etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt
    - --etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key
    - --etcd-servers=https://127.0.0.1:2379
    - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
    - --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
    - --profiling=false
    - --request-timeout=1m30s
    - --secure-port=6443
    - --service-cluster-ip-range=10.96.0.0/12
    image: registry.customer.example/kube-apiserver:v1.34.2
    imagePullPolicy: IfNotPresent
    livenessProbe:
      failureThreshold: 8
      httpGet:
        host: 10.20.30.41
        path: /livez
        port: probe-port
        scheme: HTTPS
    name: kube-apiserver
    resources:
      requests:
        cpu: 250m
  hostNetwork: true
  priorityClassName: system-node-critical
status: {}
`;

export const ETCD_MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  containers:
  - command:
    - etcd
    - --advertise-client-urls=https://10.20.30.41:2379
    - --cert-file=/etc/kubernetes/pki/etcd/server.crt
    - --client-cert-auth=true
    - --data-dir=/var/lib/etcd
    - --feature-gates=InitialCorruptCheck=true
    - --initial-cluster=master-1=https://10.20.30.41:2380
    - --listen-client-urls=https://127.0.0.1:2379,https://10.20.30.41:2379
    - --listen-metrics-urls=http://127.0.0.1:2381
    - --listen-peer-urls=https://10.20.30.41:2380
    - --peer-client-cert-auth=true
    - --snapshot-count=10000
    image: registry.customer.example/etcd:3.6.5-0
    livenessProbe:
      httpGet: { host: 127.0.0.1, path: /livez, port: probe-port }
    name: etcd
    resources: { requests: { cpu: 100m, memory: 100Mi } }
`;

const COMPONENT = (name: string, flags: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: kube-system }
spec:
  containers:
  - command: [${name}, ${flags}]
    name: ${name}
    livenessProbe: { httpGet: { path: /healthz, port: probe-port } }
    resources: { requests: { cpu: 100m } }
`;

/** `/proc` entries of a process: started 60 s after boot, which was 2026-11-01T00:00:00Z. */
export function processFiles(pid: number, comm: string, cmdline: readonly string[], { cgroup = `0::/system.slice/${comm}.service`, nofile = '1048576', fds = 3 } = {}): Files {
  const files: Record<string, string> = {
    [`/proc/${pid}/stat`]: `${pid} (${comm}) S 1 ${pid} ${pid} 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 30 0 6000 1000000 5000 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0\n`,
    [`/proc/${pid}/comm`]: `${comm}\n`,
    [`/proc/${pid}/cmdline`]: `${cmdline.join('\0')}\0`,
    [`/proc/${pid}/cgroup`]: `${cgroup}\n`,
    [`/proc/${pid}/oom_score_adj`]: '-999\n',
    [`/proc/${pid}/status`]: `Name:\t${comm}\nVmPeak:\t  200000 kB\nVmRSS:\t  120000 kB\nThreads:\t30\n`,
    [`/proc/${pid}/limits`]: `Limit                     Soft Limit           Hard Limit           Units     \nMax cpu time              unlimited            unlimited            seconds   \nMax processes             unlimited            unlimited            processes \nMax open files            ${nofile.padEnd(20)} 1048576              files     \n`,
  };
  for (let fd = 0; fd < fds; fd += 1) files[`/proc/${pid}/fd/${fd}`] = '';
  return files;
}

export const KUBEADM_HOST: Files = {
  '/proc/stat': 'cpu  1 2 3 4 5 6 7 8 0 0\nbtime 1793491200\n',
  ...processFiles(1200, 'kubelet', [
    '/usr/bin/kubelet',
    '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
    '--config=/var/lib/kubelet/config.yaml',
    '--node-ip=10.20.30.41',
    '--node-labels=customer=acme',
  ]),
  ...processFiles(900, 'containerd', ['/usr/bin/containerd']),
  ...processFiles(2000, 'kube-controller', ['kube-controller-manager', '--profiling=false'], { cgroup: '0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-ab.scope' }),
  ...processFiles(2100, 'kube-controller', ['/usr/bin/kube-controllers'], { cgroup: '0::/kubepods.slice/cri-containerd-cd.scope', nofile: '1024' }), // calico's, not ours
  '/var/lib/kubelet/config.yaml': KUBELET_CONFIG,
  '/var/lib/kubelet/kubeadm-flags.env': 'KUBELET_KUBEADM_ARGS="--pod-infra-container-image=registry.customer.example/pause:3.10.1"\n',
  '/var/lib/kubelet/pki/kubelet-client-2026-11-01-00-00-10.pem': pem('client-ec') + KEY_BLOCK,
  '/var/lib/kubelet/pki/kubelet-client-current.pem': '-> /var/lib/kubelet/pki/kubelet-client-2026-11-01-00-00-10.pem',
  '/var/lib/kubelet/pki/kubelet.crt': pem('server') + pem('ca'),
  '/var/lib/kubelet/pki/kubelet.key': KEY_BLOCK,
  '/etc/kubernetes/pki/ca.crt': pem('ca'),
  '/etc/kubernetes/pki/ca.key': KEY_BLOCK,
  '/etc/kubernetes/pki/apiserver.crt': pem('server'),
  '/etc/kubernetes/pki/apiserver.key': KEY_BLOCK,
  '/etc/kubernetes/pki/sa.pub': '-----BEGIN PUBLIC KEY-----\nMA==\n-----END PUBLIC KEY-----\n',
  '/etc/kubernetes/pki/etcd/server.crt': pem('server'),
  '/etc/kubernetes/pki/old-20250101/apiserver.crt': pem('expired'),
  '/etc/kubernetes/admin.conf': `apiVersion: v1\nkind: Config\nclusters:\n- cluster: {}\nusers:\n- name: acme-admin\n  user:\n    client-certificate-data: ${Buffer.from(pem('client-ec')).toString('base64')}\n    client-key-data: ${Buffer.from(KEY_BLOCK).toString('base64')}\n`,
  '/etc/kubernetes/kubelet.conf':
    'users:\n- name: default-auth\n  user:\n    client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem\n    client-key: /var/lib/kubelet/pki/kubelet-client-current.pem\n',
  '/etc/kubernetes/manifests/kube-apiserver.yaml': APISERVER_MANIFEST,
  '/etc/kubernetes/manifests/etcd.yaml': ETCD_MANIFEST,
  '/etc/kubernetes/manifests/kube-controller-manager.yaml': COMPONENT(
    'kube-controller-manager',
    '--bind-address=127.0.0.1, --leader-elect=true, --root-ca-file=/etc/kubernetes/pki/ca.crt, --use-service-account-credentials=true',
  ),
  '/etc/kubernetes/manifests/kube-scheduler.yaml': COMPONENT('kube-scheduler', '--bind-address=127.0.0.1, --leader-elect=true, --profiling=false'),
  '/etc/containerd/config.toml':
    'version = 2\n[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "registry.customer.example/pause:3.10"\n[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]\n  SystemdCgroup = true\n',
  '/var/lib/etcd/member/snap/db': Buffer.alloc(64 * 1024),
  '/var/lib/etcd/member/wal/0000000000000000-0000000000000000.wal': Buffer.alloc(8 * 1024, 1),
  '/var/backups/etcd-2026-11-20_03:00:00/snapshot.db': Buffer.alloc(32 * 1024, 1),
};

/** Runs one gatherer as an inspection does, the contract included. */
export async function gatherOn<S extends SectionName>(
  gatherer: Gatherer & { readonly section: S | SectionName },
  host: Host,
  _section?: S,
): Promise<{ report: GathererReport; value: Sections[S] | undefined }> {
  const { sections, reports } = await runGatherers([gatherer], { host }, { signal: AbortSignal.timeout(20_000), concurrency: 1, clock: () => performance.now() });
  const [report] = reports;
  if (!report) throw new Error('no report');
  return { report, value: sections[gatherer.section] as Sections[S] | undefined }; // the section that the gatherer names
}
