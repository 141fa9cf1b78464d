import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const serviceSelectorMissing = defineCheck({
  id: 'network-service-selector-missing',
  area: 'network',
  title: { zh: '服务既没有选择器也没有端点', en: 'Services with neither selector nor endpoints' },
  why: { zh: '它不指向任何后端，访问一定失败，可能是遗留或漏配。', en: 'It has no backend, so every request fails; it may be a leftover or an incomplete configuration.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get service,endpointslices <服务>` 确认；补上选择器，或为它手工创建 EndpointSlice；不再使用则删除。',
    en: 'Run `kubectl -n <namespace> get service <service> -o yaml` to confirm; add a selector, or create an EndpointSlice for it manually; delete it if it is no longer used.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye POP-1100 (no selector); narrowed to services without endpoints by practice: manual endpoints are legitimate',

  evaluate({ services }, { youngMinutes }, { now }) {
    return services.rows
      .filter((row) => row.type !== 'ExternalName' && !row.selector && !row.headless && row.ready + row.notReady === 0 && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name }) => ({ scope: { kind: 'Service', namespace, name }, observed: 0 }));
  },
});
