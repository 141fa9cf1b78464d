import { defineCheck, notApplicable, unknown } from '../check.ts';

export const dockerStorageDriverDeprecated = defineCheck({
  id: 'kubelet-docker-storage-driver-deprecated',
  area: 'kubelet',
  title: { zh: 'Docker 使用已弃用的存储驱动', en: 'Docker with a deprecated storage driver' },
  why: { zh: '该驱动不再修复缺陷，性能差，升级系统或 Docker 后可能无法使用。', en: 'It gets no more repairs, is slow, and may be gone after an upgrade of system or Docker.' },
  remedy: {
    zh: '执行 `docker info --format "{{.Driver}}"` 确认；排空节点后改用 `overlay2`，原有镜像与容器需要重建。',
    en: 'Confirm with `docker info --format "{{.Driver}}"`; drain the node and change to `overlay2`: images and containers have to be made again.',
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
