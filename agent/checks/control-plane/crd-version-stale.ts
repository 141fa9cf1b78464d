import { defineCheck, type Violation } from '../check.ts';

const PROBLEMS = ['stored-version-removed', 'stored-version-unserved', 'stored-version-deprecated'] as const;

export const crdVersionStale = defineCheck({
  id: 'control-plane-crd-version-stale',
  area: 'control-plane',
  title: { zh: '自定义资源仍以过时版本存储', en: 'Custom resources stored in an outdated version' },
  why: {
    zh: '将来删除旧版本时，这些对象会无法读取，组件升级被卡住。',
    en: 'When the old version is eventually removed, these objects become unreadable and the component upgrade is blocked.',
  },
  remedy: {
    zh: '执行 `kubectl get crd <名称> -o jsonpath={.status.storedVersions}` 核对；把对象逐个重写为当前存储版本后再更新 storedVersions，否则升级该组件时会失败。',
    en: 'Run `kubectl get crd <name> -o jsonpath={.status.storedVersions}` to confirm; rewrite each object in the current storage version, then update storedVersions, otherwise the next upgrade of this component will fail.',
  },
  severity: 'info',
  setup: true,
  reads: ['customResources'],
  unit: 'value',
  threshold: { gravest: 'stored-version-removed' },
  source: 'Huawei Cloud CCE pre-upgrade checks; Kubernetes docs, custom resource definition versioning',

  evaluate({ customResources }, { gravest }) {
    return customResources.rows.flatMap(({ name, problems }): readonly Violation[] => {
      const problem = PROBLEMS.find((word) => problems.includes(word));
      return problem === undefined ? [] : [{ scope: { kind: 'CustomResourceDefinition', name }, observed: problem, severity: problem === gravest ? 'warning' : undefined }];
    });
  },
});
