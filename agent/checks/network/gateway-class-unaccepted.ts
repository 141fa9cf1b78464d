import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const gatewayClassUnaccepted = defineCheck({
  id: 'network-gateway-class-unaccepted',
  area: 'network',
  title: { zh: 'GatewayClass 未被控制器接受', en: 'GatewayClass not accepted by any controller' },
  why: { zh: '使用它的网关都不会生效，流量进不来。', en: 'Gateways of this class have no effect, and no traffic gets in.' },
  remedy: {
    zh: '执行 `kubectl get gatewayclass` 与 `kubectl describe gatewayclass <名称>` 查看条件；安装对应的控制器，或删除不用的类。',
    en: 'Run `kubectl get gatewayclass` and `kubectl describe gatewayclass <name>` to see the conditions; install the corresponding controller, or delete an unused class.',
  },
  severity: 'warning',
  reads: ['gateways'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye and k8sgpt GatewayClass analyzers (not Accepted)',

  evaluate({ gateways }, { youngMinutes }, { now }) {
    return gateways.rows
      .filter((row) => row.kind === 'GatewayClass' && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, problem }) => ({ scope: { kind: 'GatewayClass', ...(namespace !== undefined && { namespace }), name }, observed: problem }));
  },
});
