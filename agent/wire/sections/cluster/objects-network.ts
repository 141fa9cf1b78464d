/** Sections about Services, Ingresses, the Gateway API, load balancer pools and the cluster DNS. */
import { bool, counter, list, map, name, oneOf, optional, someOf, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const SERVICE_TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', 'other'] as const;
/** Consoles that show or change the cluster, and stores that hold its data: what must not face the outside. */
export const KNOWN_SERVICES = [
  'none',
  'kubernetes-dashboard',
  'kuboard',
  'grafana',
  'prometheus',
  'alertmanager',
  'kibana',
  'jaeger',
  'kiali',
  'argocd',
  'rancher',
  'kubeflow',
  'weave-scope',
  'node-exporter',
  'etcd',
  'redis',
  'mysql',
  'postgresql',
  'mongodb',
  'elasticsearch',
  'rabbitmq',
  'kafka',
  'zookeeper',
  'minio',
  'nacos',
  'clickhouse',
  'memcached',
] as const;
export const INGRESS_CONTROLLERS = [
  'ingress-nginx',
  'nginx-inc',
  'traefik',
  'contour',
  'istio',
  'kong',
  'haproxy',
  'apisix',
  'higress',
  'cilium',
  'alb',
  'gce',
  'azure',
  'openshift',
  'other',
] as const;

const namespaceOf = name(text('命名空间', 'Namespace'), 'namespace');
const createdAt = timestamp(text('创建时间', 'Created'));
const system = bool(text('位于平台自带的命名空间', 'In a namespace that the platform brings'));
const dropped = counter(text('超出行数上限、未列出的值得注意的对象数', 'Notable objects left out over the cap'));

export const services = defineSection({
  id: 'services',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('Service 及其后端端点', 'Services and the endpoints behind them'),
  fields: {
    total: counter(text('Service 总数', 'Services')),
    byType: map(text('按类型统计', 'By type'), SERVICE_TYPES, 'count'),
    nodePorts: counter(text('已占用的节点端口数', 'Node ports in use')),
    dropped,
    namespaces: list(text('租户命名空间中的常见情况', 'What is common, by tenant namespace'), 2_000, {
      namespace: namespaceOf,
      singleEndpoint: counter(text('只有一个就绪端点的 Service 数', 'Services with a single ready endpoint')),
      nodePort: counter(text('NodePort 类型的 Service 数', 'Services of type NodePort')),
    }),
    rows: list(text('值得注意的 Service', 'Notable Services'), 3_000, {
      namespace: namespaceOf,
      name: name(text('Service 名称', 'Service'), 'service'),
      system,
      type: oneOf(text('类型', 'Type'), SERVICE_TYPES),
      selector: bool(text('有选择器', 'Has a selector')),
      headless: bool(text('无头服务（没有集群 IP）', 'Headless: without a cluster IP')),
      ports: counter(text('端口数', 'Ports')),
      ready: counter(text('就绪的端点数', 'Ready endpoints')),
      notReady: counter(text('未就绪的端点数', 'Endpoints that are not ready')),
      unmatchedPorts: counter(text('有端点、但没有任何端点提供的服务端口数', 'Ports that no endpoint offers although there are endpoints')),
      scaledToZero: bool(text('后端工作负载的副本数被设为零', 'The workload behind it is scaled to zero')),
      addressPending: bool(text('负载均衡器尚未分配地址', 'The load balancer has no address yet')),
      nodePorts: counter(text('节点端口数', 'Node ports')),
      externalIPs: counter(text('externalIPs 中的地址数', 'Addresses in externalIPs')),
      externalName: oneOf(text('外部名称的种类', 'What the external name is'), ['none', 'name', 'address', 'missing-service']),
      trafficPolicy: oneOf(text('外部流量策略', 'External traffic policy'), ['Cluster', 'Local', 'none']),
      sessionAffinity: bool(text('按客户端地址保持会话', 'Session affinity by client address')),
      known: oneOf(text('已知的控制台或数据存储', 'Known console or data store'), KNOWN_SERVICES),
      createdAt,
    }),
  },
});

export const ingresses = defineSection({
  id: 'ingresses',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('Ingress 与 IngressClass', 'Ingresses and their classes'),
  fields: {
    total: counter(text('Ingress 总数', 'Ingresses')),
    classes: counter(text('IngressClass 数', 'Ingress classes')),
    defaultClasses: counter(text('默认 IngressClass 数', 'Default ingress classes')),
    controllers: someOf(text('IngressClass 使用的控制器', 'Controllers of the classes'), INGRESS_CONTROLLERS),
    dropped,
    namespaces: list(text('各命名空间中的常见情况', 'What is common, by namespace'), 2_000, {
      namespace: namespaceOf,
      withoutTls: counter(text('没有启用 TLS 的 Ingress 数', 'Ingresses without TLS')),
      unnamedSecret: counter(text('启用 TLS 但没有指定证书的 Ingress 数', 'Ingresses with TLS that name no certificate')),
    }),
    rows: list(text('值得注意的 Ingress', 'Notable Ingresses'), 3_000, {
      namespace: namespaceOf,
      name: name(text('Ingress 名称', 'Ingress'), 'ingress'),
      class: oneOf(text('类的来源', 'Where its class comes from'), ['named', 'annotated', 'default', 'missing', 'unset']),
      missingBackends: counter(text('指向不存在的 Service 的后端数', 'Backends that name no Service')),
      missingPorts: counter(text('指向 Service 中不存在的端口的后端数', 'Backends that name no port of the Service')),
      duplicates: counter(text('与其他 Ingress 重复的主机加路径数', 'Host and path pairs that another Ingress claims too')),
      rewriteWithoutCapture: bool(text('重写目标没有可用的捕获组', 'Rewrite target without a capture group')),
      snippets: bool(text('使用了配置片段注解', 'Uses configuration snippets')),
      addressed: bool(text('控制器已写入地址', 'The controller wrote an address')),
      createdAt,
    }),
  },
});

export const gateways = defineSection({
  id: 'gateways',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('Gateway API 的类、网关与路由', 'Classes, gateways and routes of the Gateway API'),
  fields: {
    classes: counter(text('GatewayClass 数', 'Gateway classes')),
    gateways: counter(text('Gateway 数', 'Gateways')),
    routes: counter(text('HTTPRoute 数', 'HTTP routes')),
    dropped,
    rows: list(text('状态异常的对象', 'Objects whose status is not good'), 1_000, {
      kind: oneOf(text('对象类型', 'Kind'), ['GatewayClass', 'Gateway', 'HTTPRoute']),
      namespace: optional(namespaceOf),
      name: name(text('对象名称', 'Name'), 'ingress'),
      problem: oneOf(text('问题', 'Problem'), ['not-accepted', 'not-programmed', 'references-unresolved']),
      createdAt,
    }),
  },
});

export const loadBalancerPools = defineSection({
  id: 'loadBalancerPools',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('MetalLB 地址池', 'Address pools of MetalLB'),
  fields: {
    total: counter(text('地址池数', 'Pools')),
    advertisements: counter(text('L2 与 BGP 通告数', 'L2 and BGP advertisements')),
    dropped,
    rows: list(text('地址池', 'Pools'), 200, {
      namespace: namespaceOf,
      name: name(text('地址池名称', 'Pool'), 'ingress'),
      assigned: optional(counter(text('已分配地址数', 'Assigned addresses'))),
      available: optional(counter(text('可用地址数', 'Available addresses'))),
    }),
  },
});

export const clusterDns = defineSection({
  id: 'clusterDns',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('集群 DNS 的副本、分布与端点', 'Replicas, spread and endpoints of the cluster DNS'),
  fields: {
    namespace: namespaceOf,
    workload: optional(name(text('DNS 工作负载', 'DNS workload'), 'workload')),
    kind: oneOf(text('工作负载类型', 'Kind of the workload'), ['Deployment', 'DaemonSet', 'none']),
    desired: counter(text('期望副本数', 'Desired replicas')),
    ready: counter(text('就绪副本数', 'Ready replicas')),
    unreadySince: optional(timestamp(text('不可用的起始时间', 'Unavailable since'))),
    version: optional(version(text('CoreDNS 版本', 'Version of CoreDNS'))),
    podNodes: counter(text('就绪的 DNS Pod 所在的节点数', 'Nodes that ready DNS pods run on')),
    nodes: counter(text('集群节点数', 'Nodes of the cluster')),
    service: bool(text('DNS Service 存在', 'The DNS Service exists')),
    clusterIP: bool(text('DNS Service 有集群 IP', 'The DNS Service has a cluster IP')),
    endpoints: counter(text('DNS Service 的就绪端点数', 'Ready endpoints of the DNS Service')),
  },
});

export const CLUSTER_NETWORK_SECTIONS = { services, ingresses, gateways, loadBalancerPools, clusterDns } as const;
