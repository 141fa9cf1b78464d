/** Namespaces, the quotas inside them, and requests for certificates. */
import { bool, counter, gauge, list, name, oneOf, optional, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** What a quota may limit; object counts of custom resources and per-class storage are grouped. */
export const QUOTA_RESOURCES = [
  'requests.cpu',
  'limits.cpu',
  'requests.memory',
  'limits.memory',
  'requests.ephemeral-storage',
  'limits.ephemeral-storage',
  'requests.storage',
  'storage-class',
  'persistentvolumeclaims',
  'pods',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'configmaps',
  'secrets',
  'replicationcontrollers',
  'resourcequotas',
  'hugepages',
  'extended',
  'count',
  'other',
] as const;
export const NAMESPACE_PROBLEMS = ['discovery-failed', 'content-failed', 'content-remaining', 'finalizers-remaining', 'parsing-failed'] as const;
export const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted', 'none', 'other'] as const;

export const namespaces = defineSection({
  id: 'namespaces',
  domain: 'cluster',
  group: 'security',
  purpose: text('命名空间及其隔离与限额', 'Namespaces, their isolation and limits'),
  fields: {
    total: counter(text('命名空间总数', 'Namespaces')),
    active: counter(text('正常的命名空间数', 'Active namespaces')),
    terminating: counter(text('正在删除的命名空间数', 'Namespaces being deleted')),
    dropped: counter(text('超出行数上限、未列出的命名空间数', 'Namespaces left out over the cap')),
    rows: list(text('命名空间', 'Namespaces'), 2_000, {
      name: name(text('命名空间名称', 'Namespace'), 'namespace'),
      system: bool(text('平台自带', 'Brought by the platform')),
      phase: oneOf(text('阶段', 'Phase'), ['Active', 'Terminating', 'other']),
      createdAt: timestamp(text('创建时间', 'Created')),
      terminatingSince: optional(timestamp(text('开始删除的时间', 'Deletion began'))),
      problems: someOf(text('删除受阻的原因', 'What holds its deletion up'), NAMESPACE_PROBLEMS),
      podSecurity: oneOf(text('强制执行的 Pod 安全级别', 'Pod security level that is enforced'), POD_SECURITY_LEVELS),
      quotas: optional(counter(text('资源配额数', 'Resource quotas'))),
      limitRanges: optional(counter(text('LimitRange 数', 'Limit ranges'))),
      policies: optional(counter(text('网络策略数', 'Network policies'))),
      defaultDenyIngress: optional(bool(text('默认拒绝入站流量', 'Denies ingress by default'))),
      defaultDenyEgress: optional(bool(text('默认拒绝出站流量', 'Denies egress by default'))),
    }),
  },
});

export const quotas = defineSection({
  id: 'quotas',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('资源配额的使用程度', 'How far resource quotas are used'),
  fields: {
    total: counter(text('资源配额总数', 'Resource quotas')),
    dropped: counter(text('超出行数上限、未列出的高占用配额数', 'Well-used quotas left out over the cap')),
    hardCpuMillicores: gauge(text('各命名空间 CPU 请求配额之和', 'Sum of the CPU request quotas of all namespaces'), 'millicores'),
    hardMemoryBytes: gauge(text('各命名空间内存请求配额之和', 'Sum of the memory request quotas of all namespaces'), 'bytes'),
    rows: list(text('资源配额', 'Resource quotas'), 3_000, {
      namespace: name(text('命名空间', 'Namespace'), 'namespace'),
      name: name(text('配额名称', 'Quota'), 'quota'),
      resource: oneOf(text('占用最多的资源', 'Resource that is used most'), QUOTA_RESOURCES),
      usedPercent: gauge(text('该资源的占用率', 'Used share of that resource'), 'percent', { max: 1_000_000 }),
      fullResources: counter(text('已用满的资源数', 'Resources that are used up')),
      limited: counter(text('受限的资源数', 'Resources that it limits')),
    }),
  },
});

export const certificateRequests = defineSection({
  id: 'certificateRequests',
  domain: 'cluster',
  group: 'certificates',
  purpose: text('证书签名请求的状态', 'States of certificate signing requests'),
  fields: {
    total: counter(text('请求总数', 'Requests')),
    pending: counter(text('待批准的请求数', 'Requests that wait for approval')),
    oldestPendingAt: optional(timestamp(text('最早一个待批准请求的时间', 'Oldest request that waits for approval'))),
    unsigned: counter(text('已批准但未签发的请求数', 'Approved requests without a certificate')),
    oldestUnsignedAt: optional(timestamp(text('最早一个未签发请求的时间', 'Oldest approved request without a certificate'))),
    denied: counter(text('被拒绝的请求数', 'Denied requests')),
    failed: counter(text('签发失败的请求数', 'Requests that the signer failed')),
    issued: counter(text('已签发的请求数', 'Issued certificates')),
    kubeletPending: counter(text('其中 kubelet 提交的待批准请求数', 'Of the waiting requests, those of kubelets')),
  },
});

export const GOVERNANCE_SECTIONS = { namespaces, quotas, certificateRequests } as const;
