import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const ingressPortMissing = defineCheck({
  id: 'network-ingress-port-missing',
  area: 'network',
  title: { zh: 'Ingress 指向服务中不存在的端口', en: 'Ingresses pointing to a missing Service port' },
  why: { zh: '请求转发不到后端，用户得到 503。', en: 'Requests reach no backend, and users receive a 503 error.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe ingress <名称>`，与 `kubectl -n <命名空间> get service` 的端口对照；改正端口号或端口名。',
    en: 'Run `kubectl -n <namespace> describe ingress <name>` and compare with the ports in `kubectl -n <namespace> get service`; correct the port number or name.',
  },
  severity: 'warning',
  reads: ['ingresses'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye POP-1402 (any)',

  evaluate({ ingresses }, { youngMinutes }, { now }) {
    return ingresses.rows
      .filter((row) => row.missingPorts > 0 && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, missingPorts }) => ({ scope: { kind: 'Ingress', namespace, name }, observed: missingPorts }));
  },
});
