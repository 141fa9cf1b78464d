import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const externalNameTargetMissing = defineCheck({
  id: 'network-external-name-target-missing',
  area: 'network',
  title: { zh: 'ExternalName 服务指向不存在的集群内服务', en: 'ExternalName Services pointing to a missing Service' },
  why: { zh: '访问它的业务解析失败，报找不到主机。', en: 'Clients cannot resolve the name and fail with a host-not-found error.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get service <服务> -o jsonpath={.spec.externalName}`，确认目标服务与命名空间是否已改名或删除；改正名称，或删除该服务。',
    en: 'Run `kubectl -n <namespace> get service <service> -o jsonpath={.spec.externalName}` and check whether the target Service or its namespace was renamed or deleted; correct the name, or delete this Service.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'practice: the name resolves to nothing, callers fail at once; compare popeye POP-1400',

  evaluate({ services }, { youngMinutes }, { now }) {
    return services.rows
      .filter((row) => row.externalName === 'missing-service' && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name }) => ({ scope: { kind: 'Service', namespace, name } }));
  },
});
