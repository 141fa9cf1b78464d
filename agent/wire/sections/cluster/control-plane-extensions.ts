/** What extends the API server: admission webhooks, custom resources and aggregated APIs. */
import { bool, counter, gauge, list, name, oneOf, optional, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** What stands behind a webhook. `unread` = its Service could not be looked at. */
export const BACKEND_STATES = ['ready', 'no-endpoints', 'service-missing', 'url', 'none', 'unread'] as const;
export const CRD_PROBLEMS = ['not-established', 'names-conflict', 'stored-version-removed', 'stored-version-unserved', 'stored-version-deprecated', 'deleting'] as const;
export const API_SERVICE_REASONS = [
  'ServiceNotFound',
  'ServiceAccessError',
  'ServicePortError',
  'EndpointsNotFound',
  'EndpointsAccessError',
  'EndpointsInaccessible',
  'MissingEndpoints',
  'FailedDiscoveryCheck',
  'other',
] as const;

const backend = oneOf(text('后端 Service 的状态，取最差者', 'State of the backend Service, the worst one'), BACKEND_STATES);
const caExpiresAt = optional(timestamp(text('CA 证书的到期时间，取最早者', 'When the CA bundle ends, the earliest one')));

export const webhooks = defineSection({
  id: 'webhooks',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('准入 Webhook 的配置与后端', 'Admission webhooks and what stands behind them'),
  fields: {
    total: counter(text('Webhook 配置总数', 'Webhook configurations')),
    dropped: counter(text('超出行数上限、未列出的 Webhook 配置数', 'Webhook configurations left out over the cap')),
    rows: list(text('Webhook 配置', 'Webhook configurations'), 500, {
      kind: oneOf(text('类型', 'Kind'), ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']),
      name: name(text('配置名称', 'Configuration'), 'webhook'),
      webhooks: counter(text('其中的 Webhook 数', 'Webhooks in it')),
      failing: counter(text('出错时拒绝请求的 Webhook 数', 'Webhooks that refuse requests when they fail')),
      coversEverything: bool(text('出错即拒绝，且拦截全部资源', 'Refuses on failure and covers every resource')),
      coversKubeSystem: bool(text('出错即拒绝，且拦截 kube-system 中的核心资源', 'Refuses on failure and covers core resources in kube-system')),
      coversOwnBackend: bool(text('出错即拒绝，且拦截自身后端所在命名空间的 Pod', 'Refuses on failure and covers the pods of its own backend')),
      timeoutSeconds: gauge(text('最长超时时间', 'Longest timeout'), 'seconds', { max: 30 }),
      sideEffects: bool(text('可能有副作用（不支持试运行）', 'May have side effects, so dry runs fail')),
      backend,
      failingBackend: bool(text('失效的后端属于出错即拒绝的 Webhook', 'The failing backend belongs to a webhook that refuses on failure')),
      namespace: optional(name(text('后端 Service 所在命名空间', 'Namespace of the backend Service'), 'namespace')),
      service: optional(name(text('后端 Service', 'Backend Service'), 'service')),
      caExpiresAt,
      caUnreadable: bool(text('CA 证书无法解析', 'The CA bundle cannot be parsed')),
    }),
  },
});

export const customResources = defineSection({
  id: 'customResources',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('自定义资源定义的状态', 'States of custom resource definitions'),
  fields: {
    total: counter(text('自定义资源定义总数', 'Custom resource definitions')),
    conversionWebhooks: counter(text('使用转换 Webhook 的定义数', 'Definitions with a conversion webhook')),
    dropped: counter(text('超出行数上限、未列出的有问题的定义数', 'Definitions with problems left out over the cap')),
    rows: list(text('有问题的定义', 'Definitions with problems'), 500, {
      name: name(text('定义名称', 'Definition'), 'crd'),
      problems: someOf(text('问题', 'Problems'), CRD_PROBLEMS),
      createdAt: timestamp(text('创建时间', 'Created')),
      conversion: backend,
      conversionCaExpiresAt: caExpiresAt,
    }),
  },
});

export const apiServices = defineSection({
  id: 'apiServices',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('聚合 API 的可用性', 'Availability of aggregated APIs'),
  fields: {
    total: counter(text('API 服务总数', 'API services')),
    aggregated: counter(text('由其他 Service 提供的 API 数', 'APIs that another Service provides')),
    insecure: counter(text('跳过证书校验的聚合 API 数', 'Aggregated APIs without certificate verification')),
    dropped: counter(text('超出行数上限、未列出的不可用 API 数', 'Unavailable APIs left out over the cap')),
    rows: list(text('不可用的 API', 'Unavailable APIs'), 500, {
      name: name(text('API 服务名称', 'API service'), 'api-service'),
      available: oneOf(text('Available 状态', 'Condition Available'), ['false', 'unknown']),
      since: optional(timestamp(text('起始时间', 'Since'))),
      reason: oneOf(text('原因', 'Reason'), API_SERVICE_REASONS),
    }),
  },
});

export const EXTENSION_SECTIONS = { webhooks, customResources, apiServices } as const;
