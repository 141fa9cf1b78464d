import { defineCheck, type Violation } from '../check.ts';

const PROBLEMS = ['names-conflict', 'not-established', 'deleting'] as const;

export const crdUnhealthy = defineCheck({
  id: 'control-plane-crd-unhealthy',
  area: 'control-plane',
  title: { zh: '自定义资源定义未生效', en: 'Custom resource definitions not in effect' },
  why: {
    zh: '定义没有生效，Operator 创建的对象会被拒绝，它管理的中间件得不到维护。',
    en: 'Because the definition is not in effect, objects created by its operator are rejected, and the middleware it manages is not maintained.',
  },
  remedy: {
    zh: '执行 `kubectl describe crd <名称>` 查看 Established 与 NamesAccepted 状态；解决名称冲突或等待删除完成，否则对应的对象无法读写。',
    en: 'Run `kubectl describe crd <name>` to check the Established and NamesAccepted conditions; resolve the name conflict or wait for the deletion to finish, otherwise its objects cannot be read or written.',
  },
  severity: 'warning',
  reads: ['customResources'],
  unit: 'value',
  threshold: { afterMinutes: 5 },
  source: 'Huawei Cloud CCE pre-upgrade checks; 5 min by practice',

  evaluate({ customResources }, { afterMinutes }, { now }) {
    return customResources.rows.flatMap(({ name, problems, createdAt }): readonly Violation[] => {
      const problem = PROBLEMS.find((word) => problems.includes(word));
      return problem !== undefined && now - createdAt >= afterMinutes * 60 ? [{ scope: { kind: 'CustomResourceDefinition', name }, observed: problem }] : [];
    });
  },
});
