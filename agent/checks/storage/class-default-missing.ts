import { defineCheck, notApplicable } from '../check.ts';

export const classDefaultMissing = defineCheck({
  id: 'storage-class-default-missing',
  area: 'storage',
  title: { zh: '没有默认存储类', en: 'No default StorageClass' },
  why: {
    zh: '没有默认存储类：未指明类型的声明一直得不到卷，应用安装失败。',
    en: 'Without a default class, claims that name no class never get a volume, and application installations fail.',
  },
  remedy: {
    zh: '执行 `kubectl get storageclass` 确认没有标注 (default) 的存储类；给常用的一个加上注解 `storageclass.kubernetes.io/is-default-class=true`。',
    en: 'Run `kubectl get storageclass` to confirm that no class is marked (default); annotate the commonly used one with `storageclass.kubernetes.io/is-default-class=true`.',
  },
  severity: 'warning',
  reads: ['storageClasses'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'k8sgpt Storage analyzer (no default StorageClass)',

  evaluate({ storageClasses }, { atLeastCount }) {
    const { total, defaults, rows } = storageClasses;
    const makesVolumes = rows.some(({ provisioner }) => provisioner !== 'none');
    if (total === 0 || !makesVolumes) return notApplicable('not-in-use'); // volumes are made by hand here
    return defaults < atLeastCount ? [{ observed: defaults, threshold: atLeastCount }] : [];
  },
});
