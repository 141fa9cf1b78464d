import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const gatewayUnready = defineCheck({
  id: 'network-gateway-unready',
  area: 'network',
  title: { zh: 'Gateway 未就绪', en: 'Gateway not ready' },
  why: { zh: '经过它的外部流量进不来或只有部分监听可用。', en: 'External traffic cannot get in, or only some listeners work.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe gateway <名称>` 查看条件；修正监听器、证书引用或地址。',
    en: 'Run `kubectl -n <namespace> describe gateway <name>` to see its conditions; correct the listeners, certificate references or addresses.',
  },
  severity: 'warning',
  reads: ['gateways'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye and k8sgpt Gateway analyzers (not Accepted or Programmed)',

  evaluate({ gateways }, { youngMinutes }, { now }) {
    return gateways.rows
      .filter((row) => row.kind === 'Gateway' && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, problem }) => ({ scope: { kind: 'Gateway', ...(namespace !== undefined && { namespace }), name }, observed: problem }));
  },
});
