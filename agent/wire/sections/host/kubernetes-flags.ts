/** Static pods of a control-plane node and the chosen flags of what runs in them. Defaults are filled in where a flag is not set. */
import { bool, counter, gauge, list, oneOf, optional, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { TLS_VERSIONS } from './kubernetes-kubelet.ts';

export const STATIC_COMPONENTS = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
  'kube-proxy',
  'keepalived',
  'haproxy',
  'kube-vip',
  'nginx-proxy',
  'other',
] as const;
export const AUTHORIZATION_MODES = ['Node', 'RBAC', 'ABAC', 'Webhook', 'AlwaysAllow', 'AlwaysDeny'] as const;
/** Admission plugins that checks ask for. */
export const ADMISSION_PLUGINS = [
  'NodeRestriction',
  'AlwaysAdmit',
  'AlwaysPullImages',
  'PodSecurity',
  'PodSecurityPolicy',
  'ServiceAccount',
  'NamespaceLifecycle',
  'EventRateLimit',
  'LimitRanger',
  'ResourceQuota',
  'MutatingAdmissionWebhook',
  'ValidatingAdmissionWebhook',
  'DenyServiceExternalIPs',
] as const;
/** Where flags were read. */
export const FLAG_SOURCES = ['manifest', 'process', 'file'] as const;

const SOURCE = text('启动参数的来源：静态 Pod、进程或配置文件', 'Where the flags were read: static pod, process or file');
const PROFILING = text('是否开启性能剖析接口', 'Whether profiling is served');
const LOOPBACK = text('是否只监听本机', 'Whether it listens on loopback only');
const LEADER = text('是否启用选主', 'Whether it elects a leader');

export const staticPods = defineSection({
  id: 'staticPods',
  domain: 'host',
  group: 'configuration',
  purpose: text('静态 Pod 清单', 'Manifests of static pods'),
  fields: {
    total: counter(text('清单数', 'Manifests')),
    dropped: counter(text('未列出或无法解析的清单数', 'Manifests not listed or not readable')),
    pods: list(text('清单', 'Manifests'), 50, {
      component: oneOf(text('组件', 'Component'), STATIC_COMPONENTS),
      changedAt: timestamp(text('最近修改时间', 'Last change')),
      hasLivenessProbe: bool(text('每个容器都有存活探针', 'Every container has a liveness probe')),
      hasRequests: bool(text('每个容器都声明了资源请求', 'Every container requests resources')),
      othersMay: oneOf(text('属主以外的用户对文件的权限', 'What users other than the owner may do with the file'), ['nothing', 'read', 'write']),
    }),
  },
});

export const apiserverFlags = defineSection({
  id: 'apiserverFlags',
  domain: 'host',
  group: 'configuration',
  purpose: text('kube-apiserver 的部分启动参数', 'Chosen flags of kube-apiserver'),
  fields: {
    source: oneOf(SOURCE, FLAG_SOURCES),
    anonymousAuth: optional(
      bool(text('是否允许匿名访问（使用认证配置文件时不报告）', 'Whether anonymous requests are accepted; not told when an authentication configuration file decides')),
    ),
    profiling: bool(PROFILING),
    auditLogSet: bool(text('是否写审计日志或发送到 Webhook', 'Whether audit events go to a log or webhook')),
    auditPolicySet: bool(text('是否有审计策略', 'Whether there is an audit policy')),
    auditLogMaxAgeDays: optional(gauge(text('审计日志保留天数（0 为不限）', 'Days that audit logs are kept; 0 means no limit'), 'days')),
    encryptionProviderSet: bool(text('是否静态加密 Secret', 'Whether secrets are encrypted at rest')),
    authorizationModes: optional(
      someOf(text('授权模式（使用授权配置文件时不报告）', 'Authorization modes; not told when an authorization configuration file decides'), AUTHORIZATION_MODES),
    ),
    admissionEnabled: someOf(text('明确启用的准入插件', 'Admission plugins that are switched on'), ADMISSION_PLUGINS),
    admissionDisabled: someOf(text('明确停用的准入插件', 'Admission plugins that are switched off'), ADMISSION_PLUGINS),
    insecurePort: counter(text('非加密端口（0 为关闭，1.20 起的默认值）', 'Port without TLS; 0 means closed, the default since 1.20')),
    tlsMinVersion: oneOf(text('最低 TLS 版本', 'Lowest TLS version'), TLS_VERSIONS),
    etcdServerCount: counter(text('etcd 地址数', 'Addresses of etcd')),
    etcdClientCertSet: bool(text('访问 etcd 是否使用客户端证书', 'Whether it shows a client certificate to etcd')),
    etcdCompactionSeconds: gauge(text('请求 etcd 压缩历史版本的间隔（0 为不压缩）', 'Interval of compactions that it asks etcd for; 0 means none'), 'seconds'),
    maxRequestsInflight: counter(text('只读请求并发上限', 'Most non-mutating requests at once')),
    maxMutatingRequestsInflight: counter(text('写请求并发上限', 'Most mutating requests at once')),
    requestTimeoutSeconds: gauge(text('请求超时', 'Time-out of requests'), 'seconds'),
    serviceAccountLookup: bool(text('是否校验 ServiceAccount 仍然存在', 'Whether it looks up service accounts of tokens')),
    kubeletClientCertSet: bool(text('访问 kubelet 是否使用客户端证书', 'Whether it shows a client certificate to kubelets')),
    kubeletCaSet: bool(text('是否校验 kubelet 的服务端证书', 'Whether it verifies server certificates of kubelets')),
    staticCredentials: bool(text('是否使用静态令牌或密码文件', 'Whether a file of static tokens or passwords is used')),
  },
});

export const controllerManagerFlags = defineSection({
  id: 'controllerManagerFlags',
  domain: 'host',
  group: 'configuration',
  purpose: text('kube-controller-manager 的部分启动参数', 'Chosen flags of kube-controller-manager'),
  fields: {
    source: oneOf(SOURCE, FLAG_SOURCES),
    profiling: bool(PROFILING),
    bindsLoopback: bool(LOOPBACK),
    leaderElect: bool(LEADER),
    terminatedPodGcCount: gauge(text('保留的已终止 Pod 数（0 为不清理）', 'Terminated pods kept; 0 means no clean-up'), 'count'),
    serviceAccountCredentials: bool(text('每个控制器是否使用独立的 ServiceAccount', 'Whether each controller has its own service account')),
    rootCaSet: bool(text('是否向 Pod 分发根证书', 'Whether pods are given the root certificate')),
  },
});

export const schedulerFlags = defineSection({
  id: 'schedulerFlags',
  domain: 'host',
  group: 'configuration',
  purpose: text('kube-scheduler 的部分启动参数', 'Chosen flags of kube-scheduler'),
  fields: {
    source: oneOf(SOURCE, FLAG_SOURCES),
    profiling: optional(bool(text('是否开启性能剖析接口（使用配置文件时不报告）', 'Whether profiling is served; not told when a configuration file decides'))),
    bindsLoopback: bool(LOOPBACK),
    leaderElect: optional(bool(LEADER)),
  },
});
