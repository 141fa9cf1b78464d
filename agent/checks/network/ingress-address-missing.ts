import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const ingressAddressMissing = defineCheck({
  id: 'network-ingress-address-missing',
  area: 'network',
  title: { zh: 'Ingress 没有分到地址', en: 'Ingresses without an address' },
  why: { zh: '没有控制器接手它，外部访问不到该服务。', en: 'No controller has picked it up, so the service cannot be reached from outside.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe ingress <名称>` 查看事件；检查控制器是否运行、是否处理这个类、是否开启了状态回写。',
    en: 'Run `kubectl -n <namespace> describe ingress <name>` to see its events; check that the controller is running, handles this class and publishes its status address.',
  },
  severity: 'info',
  reads: ['ingresses'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'practice: a controller that served it writes an address; info, because some do not publish one',

  evaluate({ ingresses }, { youngMinutes }, { now }) {
    return ingresses.rows
      .filter((row) => !row.addressed && row.class !== 'missing' && row.class !== 'unset' && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name }) => ({ scope: { kind: 'Ingress', namespace, name } }));
  },
});
