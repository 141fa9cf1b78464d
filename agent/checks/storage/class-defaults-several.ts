import { defineCheck } from '../check.ts';

export const classDefaultsSeveral = defineCheck({
  id: 'storage-class-defaults-several',
  area: 'storage',
  title: { zh: '存在多个默认存储类', en: 'Multiple default StorageClasses' },
  why: {
    zh: '多个默认存储类：数据落在哪一种存储上取决于创建时间，而不是您的选择。',
    en: 'With several defaults, the storage that data lands on depends on class creation time, not on your choice.',
  },
  remedy: {
    zh: '执行 `kubectl get storageclass` 找出标注 (default) 的存储类；只保留一个，去掉其余的 `is-default-class` 注解。',
    en: 'Run `kubectl get storageclass` to find the classes marked (default); keep only one, and remove the `is-default-class` annotation from the others.',
  },
  severity: 'warning',
  setup: true,
  reads: ['storageClasses'],
  unit: 'count',
  threshold: { atMostCount: 1 },
  source: 'k8sgpt Storage analyzer (several default StorageClasses)',

  evaluate({ storageClasses }, { atMostCount }) {
    return storageClasses.defaults > atMostCount ? [{ observed: storageClasses.defaults, threshold: atMostCount }] : [];
  },
});
