import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const routeUnaccepted = defineCheck({
  id: 'network-route-unaccepted',
  area: 'network',
  title: { zh: 'HTTPRoute 未生效', en: 'HTTPRoute not in effect' },
  why: { zh: '该路由的流量不会转发，用户访问失败或到了别处。', en: 'Traffic for this route is not forwarded; user requests fail or go elsewhere.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe httproute <名称>` 查看条件；修正父网关、监听器名称或后端引用。',
    en: 'Run `kubectl -n <namespace> describe httproute <name>` to see its conditions; correct the parent gateway, listener name or backend references.',
  },
  severity: 'warning',
  reads: ['gateways'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'k8sgpt HTTPRoute analyzer (references that do not resolve)',

  evaluate({ gateways }, { youngMinutes }, { now }) {
    return gateways.rows
      .filter((row) => row.kind === 'HTTPRoute' && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, problem }) => ({ scope: { kind: 'HTTPRoute', ...(namespace !== undefined && { namespace }), name }, observed: problem }));
  },
});
