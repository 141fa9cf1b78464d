import { defineCheck, notApplicable, unknown } from '../check.ts';

export const dockerStorageDriverDeprecated = defineCheck({
  id: 'kubelet-docker-storage-driver-deprecated',
  area: 'kubelet',
  title: { zh: 'Docker 使用已弃用的存储驱动', en: 'Deprecated Docker storage driver' },
  why: {
    zh: '该驱动不再修复缺陷，性能差，升级系统或 Docker 后可能无法使用。',
    en: 'The driver gets no more fixes, performs poorly and may stop working after a system or Docker upgrade.',
  },
  remedy: {
    zh: '执行 `docker info --format "{{.Driver}}"` 确认；排空节点后改用 `overlay2`，原有镜像与容器需要重建。',
    en: 'Run `docker info --format "{{.Driver}}"` to confirm; drain the node and switch to `overlay2`: existing images and containers have to be recreated.',
  },
  severity: 'warning',
  reads: ['runtime'],
  unit: 'value',
  threshold: { deprecated: ['devicemapper', 'aufs', 'overlay', 'vfs'] },
  source: 'Docker deprecated features: aufs, devicemapper and overlay are removed; vfs copies every layer',

  evaluate({ runtime }, { deprecated }) {
    if (runtime.kind !== 'docker') return notApplicable('not-in-use');
    if (runtime.storageDriver === undefined) return unknown();
    return deprecated.includes(runtime.storageDriver) ? [{ observed: runtime.storageDriver, threshold: 'overlay2' }] : [];
  },
});
