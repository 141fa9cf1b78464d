/** What the API server says about itself: version, health, its own metrics, and who leads the control loops. */
import { bool, counter, gauge, list, map, oneOf, optional, percent, someOf, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Who built the API server, from the version's suffix; AKS and kubeadm builds carry none. */
export const DISTRIBUTIONS = ['vanilla', 'k3s', 'rke2', 'eks', 'gke', 'ack', 'tke', 'cce', 'openshift', 'other'] as const;
/** Checks of /livez and /readyz; all `poststarthook/…` count as one. */
export const HEALTH_CHECKS = ['ping', 'log', 'etcd', 'etcd-readiness', 'informer-sync', 'autoregister-completion', 'kms-providers', 'shutdown', 'poststarthook'] as const;
/** API groups that Kubernetes itself brought and has deprecated versions of. */
export const API_GROUPS = [
  'core',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
  'other',
] as const;
/** Resources with deprecated versions, and those that fill etcd. */
export const API_RESOURCES = [
  'apiservices',
  'certificatesigningrequests',
  'clusterrolebindings',
  'clusterroles',
  'componentstatuses',
  'configmaps',
  'controllerrevisions',
  'cronjobs',
  'csidrivers',
  'csinodes',
  'csistoragecapacities',
  'customresourcedefinitions',
  'daemonsets',
  'deployments',
  'endpoints',
  'endpointslices',
  'events',
  'flowschemas',
  'horizontalpodautoscalers',
  'ingressclasses',
  'ingresses',
  'jobs',
  'leases',
  'limitranges',
  'localsubjectaccessreviews',
  'mutatingwebhookconfigurations',
  'namespaces',
  'networkpolicies',
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'poddisruptionbudgets',
  'pods',
  'podsecuritypolicies',
  'podtemplates',
  'priorityclasses',
  'prioritylevelconfigurations',
  'replicasets',
  'replicationcontrollers',
  'resourceclaims',
  'resourcequotas',
  'rolebindings',
  'roles',
  'runtimeclasses',
  'secrets',
  'serviceaccounts',
  'services',
  'statefulsets',
  'storageclasses',
  'validatingwebhookconfigurations',
  'volumeattachments',
  'volumeattributesclasses',
  'other',
] as const;

export const apiReach = defineSection({
  id: 'apiReach',
  domain: 'cluster',
  group: 'inventory',
  purpose: text('API 服务器能否访问', 'Whether the API server can be reached'),
  fields: {
    reachable: bool(text('是否有应答', 'Whether it answers')),
    failure: optional(oneOf(text('没有应答的方式', 'In which way it does not'), ['no-connection', 'timeout', 'server-error'])),
  },
});

export const apiServer = defineSection({
  id: 'apiServer',
  domain: 'cluster',
  group: 'inventory',
  purpose: text('API 服务器的版本与健康状态', 'Version and health of the API server'),
  fields: {
    version: version(text('Kubernetes 版本', 'Kubernetes version')),
    major: counter(text('主版本号', 'Major version number')),
    minor: counter(text('次版本号', 'Minor version number')),
    distribution: oneOf(text('发行版，取自版本后缀', 'Distribution, from the version suffix'), DISTRIBUTIONS),
    architecture: oneOf(text('处理器架构', 'Processor architecture'), ['amd64', 'arm64', 'other']),
    livez: optional(oneOf(text('存活检查结果', 'Outcome of /livez'), ['ok', 'failing'])),
    readyz: optional(oneOf(text('就绪检查结果', 'Outcome of /readyz'), ['ok', 'failing'])),
    failingChecks: someOf(text('未通过的健康检查项', 'Health checks that fail'), HEALTH_CHECKS),
    otherFailingChecks: counter(text('未通过的其他健康检查项数', 'Other health checks that fail')),
    answerMs: optional(gauge(text('就绪检查的应答时间，数次的中位数', 'Answer time of /readyz, median of several'), 'milliseconds')),
    clockOffsetSeconds: optional(
      gauge(
        text(
          'API 服务器时钟相对采集端快出的秒数（负值为慢），已扣除请求耗时与应答时间的一秒分辨率造成的不确定部分',
          "Seconds by which the API server's clock is ahead of the agent's (negative: behind), less what the duration of requests and the one-second resolution of its answers leave uncertain",
        ),
        'seconds',
        { min: -10_000_000_000, max: 10_000_000_000 },
      ),
    ),
    resourceMetrics: optional(oneOf(text('资源指标 API（metrics.k8s.io）', 'Resource metrics API (metrics.k8s.io)'), ['served', 'unavailable', 'not-registered'])),
  },
});

const RECENT = text('采样间隔内', 'between the two samples');
const both = (zh: string, en: string) => ({
  recent: text(`${zh}（${RECENT.zh}）`, `${en} (${RECENT.en})`),
  ever: text(`${zh}（API 服务器启动以来）`, `${en} (since the API server started)`),
});
const requests = both('请求数', 'Requests');
const errors = both('5xx 应答占比', 'Share of 5xx answers');
const latency = both('单对象读写请求的 p99 时延', 'p99 latency of requests for one object');
const etcdLatency = both('etcd 请求的 p99 时延', 'p99 latency of requests to etcd');
const webhookLatency = both('准入 Webhook 的 p99 时延', 'p99 latency of admission webhooks');

export const apiMetrics = defineSection({
  id: 'apiMetrics',
  domain: 'cluster',
  group: 'usage',
  purpose: text('一个 API 服务器实例自身的指标：两次采样之间，以及启动以来', 'Metrics of one API server instance: between two samples, and since it started'),
  fields: {
    sampleSeconds: optional(gauge(text('两次采样的间隔；两次落在不同实例时缺省', 'Interval of the samples; left out when they met two instances'), 'seconds', { max: 3_600 })),
    startedAt: optional(timestamp(text('进程启动时间', 'When the process started'))),
    cpuMillicores: optional(gauge(text('CPU 使用量', 'CPU in use'), 'millicores')),
    residentBytes: optional(gauge(text('常驻内存', 'Resident memory'), 'bytes')),
    openFiles: optional(counter(text('打开的文件数', 'Open files'))),
    maxFiles: optional(counter(text('打开文件数上限', 'Limit of open files'))),
    deprecatedCount: counter(text('仍有请求的废弃 API 数', 'Deprecated APIs that were requested')),
    deprecated: list(text('启动以来有请求的废弃 API', 'Deprecated APIs requested since the start'), 200, {
      group: oneOf(text('API 组', 'API group'), API_GROUPS),
      apiVersion: version(text('API 版本', 'API version')),
      resource: oneOf(text('资源', 'Resource'), API_RESOURCES),
      removedMinor: optional(counter(text('移除它的 Kubernetes 次版本号', 'Minor version of the release that removes it'))),
    }),
    inflightReadOnly: optional(counter(text('处理中的只读请求数', 'Read-only requests in flight'))),
    inflightMutating: optional(counter(text('处理中的变更请求数', 'Mutating requests in flight'))),
    inflightLimit: optional(counter(text('并发请求上限（各优先级之和）', 'Limit of concurrent requests, all priority levels'))),
    longRunning: optional(counter(text('长连接请求数', 'Long-running requests'))),
    requests: optional(counter(requests.ever)),
    recentRequests: optional(counter(requests.recent)),
    errorPercent: optional(percent(errors.ever)),
    recentErrorPercent: optional(percent(errors.recent)),
    terminated: optional(counter(text('启动以来被主动终止的请求数', 'Requests terminated in self-defence since the start'))),
    recentTerminated: optional(counter(text('采样间隔内被主动终止的请求数', 'Requests terminated in self-defence between the samples'))),
    rejected: optional(counter(text('启动以来被流控拒绝的请求数', 'Requests rejected by flow control since the start'))),
    recentRejected: optional(counter(text('采样间隔内被流控拒绝的请求数', 'Requests rejected by flow control between the samples'))),
    latencyP99Ms: optional(gauge(latency.ever, 'milliseconds')),
    recentLatencyP99Ms: optional(gauge(latency.recent, 'milliseconds')),
    recentMeasured: optional(counter(text('采样间隔内计入时延的请求数', 'Requests behind the recent latency'))),
    etcdP99Ms: optional(gauge(etcdLatency.ever, 'milliseconds')),
    recentEtcdP99Ms: optional(gauge(etcdLatency.recent, 'milliseconds')),
    recentEtcdRequests: optional(counter(text('采样间隔内的 etcd 请求数', 'Requests to etcd between the samples'))),
    etcdDatabaseBytes: optional(gauge(text('etcd 数据库大小', 'Size of the etcd database'), 'bytes')),
    objects: optional(map(text('各类对象的存量；other 为其余类型中最多的一种', 'Stored objects by kind; other = the largest of all other kinds'), API_RESOURCES, 'count')),
    webhookP99Ms: optional(gauge(webhookLatency.ever, 'milliseconds')),
    recentWebhookP99Ms: optional(gauge(webhookLatency.recent, 'milliseconds')),
    recentWebhookCalls: optional(counter(text('采样间隔内的 Webhook 调用数', 'Webhook calls between the samples'))),
    webhookCalls: optional(counter(text('启动以来的 Webhook 调用数', 'Webhook calls since the start'))),
    webhookFailures: optional(counter(text('启动以来 Webhook 自身出错的次数（放行或拒绝）', 'Calls since the start in which the webhook itself failed, let through or refused'))),
    recentClientCertificates: optional(counter(text('采样间隔内以客户端证书认证的请求数', 'Requests authenticated by a client certificate between the samples'))),
    recentCertificatesWithin7Days: optional(counter(text('其中证书 7 天内到期的请求数', 'Of these, with a certificate that ends within 7 days'))),
    recentCertificatesWithin1Day: optional(counter(text('其中证书 1 天内到期的请求数', 'Of these, with a certificate that ends within a day'))),
    aggregatedDown: optional(counter(text('不可用的聚合 API 数', 'Aggregated APIs that are unavailable'))),
    auditEvents: optional(counter(text('启动以来产生的审计事件数', 'Audit events since the start'))),
    auditErrors: optional(counter(text('启动以来写入失败的审计事件数', 'Audit events that could not be written since the start'))),
  },
});

export const LEADER_COMPONENTS = ['kube-controller-manager', 'kube-scheduler', 'cloud-controller-manager'] as const;
export const leaders = defineSection({
  id: 'leaders',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('控制面组件的选主租约', 'Leader leases of the control plane'),
  fields: {
    takenAt: timestamp(text('读取时间', 'When they were read')),
    apiServers: optional(counter(text('近期续约过身份的 API 服务器实例数', 'API server instances that renewed their identity lately'))),
    leases: list(text('租约', 'Leases'), LEADER_COMPONENTS.length, {
      component: oneOf(text('组件', 'Component'), LEADER_COMPONENTS),
      held: bool(text('有持有者', 'Somebody holds it')),
      renewedAt: optional(timestamp(text('最近续约时间', 'Last renewal'))),
      acquiredAt: optional(timestamp(text('当前持有者取得租约的时间', 'When the present holder acquired it'))),
      createdAt: optional(timestamp(text('租约创建时间', 'When the lease was created'))),
      transitions: counter(text('换主次数', 'Changes of the holder')),
      durationSeconds: optional(gauge(text('租约时长', 'Duration of the lease'), 'seconds', { max: 86_400 })),
    }),
  },
});

export const API_SECTIONS = { apiReach, apiServer, apiMetrics, leaders } as const;
