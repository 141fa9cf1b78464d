import { defineCheck } from '../check.ts';

export const serviceExternalIpsUsed = defineCheck({
  id: 'network-service-external-ips-used',
  area: 'network',
  title: { zh: '服务使用了 externalIPs', en: 'Services using externalIPs' },
  why: { zh: '能创建服务的人可以劫持发往该地址的流量。', en: 'Anyone who can create a Service can hijack traffic to that address.' },
  remedy: {
    zh: '执行 `kubectl get services -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,IPS:.spec.externalIPs` 核对；确认由管理员设置，否则改用 LoadBalancer，并用准入策略限制该字段（CVE-2020-8554）。',
    en: 'Run `kubectl get services -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,IPS:.spec.externalIPs` to review them; confirm that an administrator set the field, otherwise use a LoadBalancer, and restrict the field with an admission policy (CVE-2020-8554).',
  },
  severity: 'info',
  setup: true,
  reads: ['services'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'CVE-2020-8554: whoever may set externalIPs can take traffic of other workloads',

  evaluate({ services }, { atLeastCount }) {
    return services.rows
      .filter(({ system, externalIPs }) => !system && externalIPs >= atLeastCount)
      .map(({ namespace, name, externalIPs }) => ({ scope: { kind: 'Service', namespace, name }, observed: externalIPs }));
  },
});
