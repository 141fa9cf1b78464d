/**
 * Names that belong to the trade, not to a customer. They travel as they are, so that support can read
 * "coredns in kube-system" in any report. Every other name is a pseudonym.
 */
import { NAME_KINDS, type NameKind } from './vocabulary.ts';
import { WELL_KNOWN_CRDS } from './well-known-crds.ts';

interface WellKnown {
  readonly names?: readonly string[];
  /** Names that a kernel or kubeadm makes by rule, anchored, with nothing a person chose in them. */
  readonly patterns?: readonly RegExp[];
}

const SYSTEM_NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'ingress-nginx',
  'cert-manager',
  'metallb-system',
  'istio-system',
  'calico-system',
  'calico-apiserver',
  'tigera-operator',
  'cilium',
  'kube-flannel',
  'longhorn-system',
  'rook-ceph',
  'velero',
  'monitoring',
  'gatekeeper-system',
  'kyverno',
  'argocd',
  'flux-system',
  'ghippo-system',
  'kpanda-system',
  'insight-system',
  'mcamel-system',
  'kcollie-system',
  'kubean-system',
  'amamba-system',
  'dowl-system',
  'spidernet-system',
  'hwameistor',
  'kangaroo-system',
  'mspider-system',
  'skoala-system',
  'kairship-system',
  'virtnest-system',
  'baize-system',
  'kubesphere-system',
  'kubesphere-monitoring-system',
  'xunjian',
];
const SYSTEM_WORKLOADS = [
  'coredns',
  'kube-dns',
  'kube-proxy',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
  'metrics-server',
  'calico-node',
  'calico-kube-controllers',
  'calico-typha',
  'cilium',
  'cilium-operator',
  'kube-flannel-ds',
  'kube-ovn-cni',
  'spiderpool-agent',
  'ingress-nginx-controller',
  'nodelocaldns',
  'node-local-dns',
  'local-path-provisioner',
  'nfs-client-provisioner',
  'kube-state-metrics',
  'node-exporter',
  'prometheus-operator',
  'cert-manager',
  'cert-manager-webhook',
  'cert-manager-cainjector',
  'insight-agent',
  'insight-agent-kube-state-metrics',
  'fluent-bit',
  'speaker',
  'controller',
  'istiod',
  'node-problem-detector',
  'descheduler',
  'cluster-autoscaler',
  'velero',
  'xunjian',
];

export const WELL_KNOWN: Readonly<Record<NameKind, WellKnown>> = {
  cluster: {},
  node: {},
  namespace: { names: SYSTEM_NAMESPACES },
  workload: { names: SYSTEM_WORKLOADS },
  pod: { names: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'kube-proxy', 'keepalived', 'haproxy', 'kube-vip', 'nginx-proxy'] }, // static pods, by the names in their manifests
  service: { names: ['kubernetes', 'kube-dns', 'metrics-server', 'coredns', 'kubelet', 'ingress-nginx-controller', 'ingress-nginx-controller-admission', 'cert-manager-webhook'] },
  ingress: { names: ['nginx', 'traefik', 'contour', 'istio'] },
  claim: {},
  volume: {},
  'storage-class': {
    names: [
      'standard',
      'local-path',
      'local-storage',
      'nfs-client',
      'ceph-rbd',
      'rook-ceph-block',
      'longhorn',
      'openebs-hostpath',
      'hwameistor-storage-lvm-hdd',
      'hwameistor-storage-lvm-ssd',
    ],
  },
  policy: { names: ['coredns', 'kube-dns', 'calico-kube-controllers', 'calico-typha', 'cilium-operator', 'metrics-server'] },
  webhook: {
    names: [
      'cert-manager-webhook',
      'ingress-nginx-admission',
      'istio-sidecar-injector',
      'istio-validator-istio-system',
      'metallb-webhook-configuration',
      'gatekeeper-validating-webhook-configuration',
    ],
  },
  crd: {
    names: WELL_KNOWN_CRDS,
  },
  'api-service': {
    patterns: [
      /^v\d{1,2}((alpha|beta)\d{1,2})?\.((apps|batch|autoscaling|policy|extensions|events\.k8s\.io|metrics\.k8s\.io|custom\.metrics\.k8s\.io|external\.metrics\.k8s\.io|(networking|rbac\.authorization|storage|node|discovery|admissionregistration|apiextensions|authentication|authorization|certificates|coordination|scheduling|flowcontrol\.apiserver|resource|snapshot\.storage|gateway\.networking)\.k8s\.io|cert-manager\.io|monitoring\.coreos\.com|crd\.projectcalico\.org|projectcalico\.org|cilium\.io))?$/,
    ],
  },
  rbac: {
    names: ['cluster-admin', 'admin', 'edit', 'view', 'default'],
    patterns: [
      /^system:(controller:)?(kube-(controller-manager|scheduler|proxy|dns|aggregator)|node|node-(bootstrapper|proxier|problem-detector)|masters|nodes|discovery|basic-user|public-info-viewer|volume-scheduler|monitoring|coredns|metrics-server|authenticated|unauthenticated|anonymous|serviceaccounts|(attachdetach|certificate|clusterrole-aggregation|cronjob|daemon-set|deployment|disruption|endpoint|endpointslice|endpointslicemirroring|ephemeral-volume|expand|job|namespace|node|pv-protection|pvc-protection|replicaset|replication|resourcequota|route|service|service-account|statefulset|ttl|ttl-after-finished)-controller|horizontal-pod-autoscaler|persistent-volume-binder|pod-garbage-collector|root-ca-cert-publisher|generic-garbage-collector)$/,
    ],
  },
  quota: {},
  'priority-class': { names: ['system-cluster-critical', 'system-node-critical'] },
  certificate: {
    names: [
      'apiserver',
      'apiserver-kubelet-client',
      'apiserver-etcd-client',
      'ca',
      'front-proxy-ca',
      'front-proxy-client',
      'etcd/ca',
      'etcd/server',
      'etcd/peer',
      'etcd/healthcheck-client',
      'kubelet-client',
      'kubelet-server',
      'admin.conf',
      'super-admin.conf',
      'controller-manager.conf',
      'scheduler.conf',
      'kubelet.conf',
    ],
  },
  mount: {
    names: [
      '/',
      '/boot',
      '/boot/efi',
      '/home',
      '/opt',
      '/data',
      '/var',
      '/var/log',
      '/var/lib',
      '/var/lib/kubelet',
      '/var/lib/containerd',
      '/var/lib/docker',
      '/var/lib/etcd',
      '/tmp',
      '/usr',
      '/run',
      '/srv',
      '/dev',
      '/dev/shm',
      '/mnt',
      '/etc/hosts',
      '/etc/hostname',
      '/etc/resolv.conf',
    ],
  },
  device: {
    patterns: [
      /^(sd[a-z]{1,2}|vd[a-z]{1,2}|xvd[a-z]{1,2}|hd[a-z]|nvme\d{1,3}n\d{1,3}|mmcblk\d{1,2}|dm-\d{1,4}|md\d{1,3}|sr\d{1,2}|loop\d{1,4}|zram\d|nbd\d{1,2}|pmem\d{1,2}|dasd[a-z])$/,
    ],
  },
  interface: {
    patterns: [
      /^(lo|eth\d{1,3}|en(o\d{1,3}|s\d{1,3}(f\d{1,2})?(np\d)?|p\d{1,3}s\d{1,3}(f\d{1,2})?(np\d)?)|bond\d{1,2}|team\d|br-?\d{1,3}|docker0|cni0|flannel\.1|cilium_(host|net|vxlan)|kube-ipvs0|kube-br0|nodelocaldns|vxlan\.calico|tunl0|wlan\d|ib\d{1,2})$/,
    ],
  },
  unit: {
    patterns: [
      /^(kubelet|containerd|docker|dockerd|cri-docker|crio|etcd|kube-(proxy|apiserver|controller-manager|scheduler)|chronyd?|ntpd?|ntpsec|systemd-(journald|logind|networkd|networkd-wait-online|resolved|timesyncd|timedated|hostnamed|localed|machined|udevd|coredump|oomd|homed|userdbd|sysctl|modules-load|tmpfiles-clean|tmpfiles-setup|random-seed|remount-fs|pstore|binfmt|rfkill|ask-password|initctl|quotacheck|hwdb-update)|sshd?|cron|crond|rsyslog|auditd|firewalld|ufw|iptables|nftables|NetworkManager|NetworkManager-wait-online|networking|network|dbus|keepalived|haproxy|nginx|multipathd|iscsid|irqbalance|tuned|polkit|kdump|postfix|snapd|apparmor|logrotate|man-db|fstrim|rpcbind|nfs-server|lvm2-monitor|node_exporter)\.(service|socket|timer)$/,
    ],
  },
  instance: {},
  member: {},
  database: { names: ['mysql', 'information_schema', 'performance_schema', 'sys', 'postgres', 'template0', 'template1', 'admin', 'local', 'config'] },
  table: {},
  topic: { names: ['__consumer_offsets', '__transaction_state', '__cluster_metadata'] },
  queue: {},
  index: {},
  bucket: {},
  application: { names: ['console', 'heimdall', 'sysweb', 'genericra', 'manager', 'host-manager', 'ROOT'] },
  datasource: {},
  listener: { names: ['tong-http-listener', 'system-http-listener'] },
};

/** Whether a name of this kind may travel as it is. */
export function isWellKnown(kind: NameKind, name: string): boolean {
  const { names, patterns } = WELL_KNOWN[kind];
  return (names?.includes(name) ?? false) || (patterns?.some((pattern) => pattern.test(name)) ?? false);
}

/** Namespaces that a platform brings; several checks treat their pods apart from those of tenants. */
export function isSystemNamespace(namespace: string): boolean {
  return namespace !== 'default' && SYSTEM_NAMESPACES.includes(namespace);
}

/** Whether a name of any kind may travel as it is. */
export function isWellKnownAnywhere(name: string): boolean {
  return NAME_KINDS.some((kind) => isWellKnown(kind, name));
}
