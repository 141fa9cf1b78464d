/** The words that agent, collector and reports share. Shapes and vocabulary only: no behaviour lives here. */

/** Languages that every text for users exists in. */
export const LOCALES = ['zh', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Text = Readonly<Record<Locale, string>>;

/** Prometheus' severity words, worst first. Support levels (1级, P1 …) come from the contract's policy, never from a check. */
export const SEVERITIES = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a check can say. Missing data is `unknown`, never `pass`. */
export const VERDICTS = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Roles that a payload can come from. */
export const AGENT_ROLES = ['node', 'cluster', 'host', 'inspect'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** Where a section comes from: the machine itself, the API server, or a middleware server. */
export const DOMAINS = ['host', 'cluster', 'middleware'] as const;
export type Domain = (typeof DOMAINS)[number];

/** Groups that a customer can opt out of as a whole. */
export const GROUPS = ['inventory', 'usage', 'configuration', 'log-counts', 'certificates', 'workloads', 'security', 'result'] as const;
export type Group = (typeof GROUPS)[number];

/** Why a gatherer or check has no value. A closed list: reasons travel, messages never do. */
export const REASONS = [
  'not-present', // the thing does not exist here (no md RAID, no kubelet): makes checks not applicable
  'not-served', // the API server of this release does not serve the resource
  'not-in-use', // present, but the mode that the check is about is not used
  'not-a-node', // the host is not a Kubernetes node
  'tuned-profile', // exempt: a profile of tuned sets it on purpose
  'forbidden', // RBAC or file permissions deny reading
  'unauthorized', // the credential is not accepted
  'unreachable', // no connection
  'timeout', // the deadline passed
  'throttled', // the API server asked to come back later, more often than we waited
  'too-large', // more bytes than the cap allows
  'malformed', // not in the published format
  'truncated', // the list was cut, so absence of findings proves nothing
  'not-visible', // the path is not mounted into this process
  'no-history', // needs a second sample or an earlier run
  'not-reported', // the source does not tell this value
  'tls-mismatch', // the server's certificate is not trusted, or one side speaks TLS and the other does not
  'blackout', // the configuration forbids to ask at this hour
  'opted-out', // switched off by configuration
  'not-gathered', // the section was not part of this run
  'failed', // any other failure
] as const;
export type Reason = (typeof REASONS)[number];

/** Units of numbers; shown beside values and part of every registry entry. */
export const UNITS = [
  'count',
  'percent',
  'bytes',
  'bytes-per-second',
  'seconds',
  'milliseconds',
  'minutes',
  'days',
  'per-second',
  'per-minute',
  'ratio',
  'millicores',
  'mbps',
  'celsius',
  'bits',
  'value',
  'unix-seconds',
] as const;
export type Unit = (typeof UNITS)[number];

/** Kinds of names. Each is pseudonymised apart from the others, so equal words of two kinds do not link. */
export const NAME_KINDS = [
  'cluster',
  'node',
  'namespace',
  'workload',
  'pod',
  'service',
  'ingress',
  'claim',
  'volume',
  'storage-class',
  'policy',
  'webhook',
  'crd',
  'api-service',
  'rbac',
  'quota',
  'priority-class',
  'certificate',
  'mount',
  'device',
  'interface',
  'unit',
  'instance',
  'member',
  'database',
  'table',
  'topic',
  'queue',
  'index',
  'bucket',
  'application',
  'datasource',
  'listener',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** What a finding is about. Kubernetes kinds keep the API's spelling. */
export const SCOPE_KINDS = {
  Cluster: 'cluster',
  Node: 'node',
  Mount: 'mount',
  Disk: 'device',
  Interface: 'interface',
  Unit: 'unit',
  Certificate: 'certificate',
  Namespace: 'namespace',
  Pod: 'pod',
  Deployment: 'workload',
  StatefulSet: 'workload',
  DaemonSet: 'workload',
  ReplicaSet: 'workload',
  Job: 'workload',
  CronJob: 'workload',
  HorizontalPodAutoscaler: 'policy',
  PodDisruptionBudget: 'policy',
  NetworkPolicy: 'policy',
  ResourceQuota: 'quota',
  PriorityClass: 'priority-class',
  Service: 'service',
  Ingress: 'ingress',
  IngressClass: 'ingress',
  GatewayClass: 'ingress',
  Gateway: 'ingress',
  HTTPRoute: 'ingress',
  IPAddressPool: 'ingress',
  PersistentVolume: 'volume',
  PersistentVolumeClaim: 'claim',
  VolumeAttachment: 'volume',
  VolumeSnapshot: 'volume',
  Backup: 'volume',
  BackupStorageLocation: 'volume',
  StorageClass: 'storage-class',
  CSIDriver: 'storage-class',
  ValidatingWebhookConfiguration: 'webhook',
  MutatingWebhookConfiguration: 'webhook',
  CustomResourceDefinition: 'crd',
  APIService: 'api-service',
  CertificateSigningRequest: 'certificate',
  Role: 'rbac',
  ClusterRole: 'rbac',
  RoleBinding: 'rbac',
  ClusterRoleBinding: 'rbac',
  ServiceAccount: 'rbac',
  Instance: 'instance',
  Setting: 'instance', // see setting-scope.ts
} as const satisfies Record<string, NameKind>;
export type ScopeKind = keyof typeof SCOPE_KINDS;

/** Areas that checks, scores and report chapters are grouped by; also the folders under `agent/checks`. */
export const AREAS = [
  'os',
  'host',
  'disk',
  'link',
  'service',
  'kubelet',
  'certificate',
  'control-plane',
  'etcd',
  'node',
  'workload',
  'pod',
  'capacity',
  'network',
  'storage',
  'security',
  'addon',
  'middleware',
] as const;
export type Area = (typeof AREAS)[number];

export const AREA_TITLES: Readonly<Record<Area, Text>> = {
  os: { zh: '操作系统与内核', en: 'Operating system and kernel' },
  host: { zh: '主机计算资源', en: 'Host CPU, memory and processes' },
  disk: { zh: '磁盘与文件系统', en: 'Disks and file systems' },
  link: { zh: '主机网络', en: 'Host network' },
  service: { zh: '系统服务与日志', en: 'System services and logs' },
  kubelet: { zh: '节点组件', en: 'Node components' },
  certificate: { zh: '证书', en: 'Certificates' },
  'control-plane': { zh: '控制面', en: 'Control plane' },
  etcd: { zh: 'etcd', en: 'etcd' },
  node: { zh: '集群节点', en: 'Cluster nodes' },
  workload: { zh: '工作负载', en: 'Workloads' },
  pod: { zh: 'Pod', en: 'Pods' },
  capacity: { zh: '资源与容量', en: 'Resources and capacity' },
  network: { zh: '集群网络', en: 'Cluster network' },
  storage: { zh: '存储', en: 'Storage' },
  security: { zh: '安全', en: 'Security' },
  addon: { zh: '附加组件', en: 'Add-ons' },
  middleware: { zh: '中间件', en: 'Middleware' },
};

/**
 * The parts of a TongTech health check (东方通标准支持服务), which every middleware check belongs to: ① platform (system, patches,
 * kernel parameters, product version), ② resources, ③ load and performance, ④ key configuration and system log.
 */
export const CHECK_GROUPS = ['platform', 'resources', 'load', 'configuration', 'log'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];
