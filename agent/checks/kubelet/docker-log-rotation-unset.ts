import { defineCheck, notApplicable, unknown } from '../check.ts';

export const dockerLogRotationUnset = defineCheck({
  id: 'kubelet-docker-log-rotation-unset',
  area: 'kubelet',
  title: { zh: 'Docker 未设置日志轮转', en: 'Docker log rotation not configured' },
  why: { zh: '容器日志无限增长，写满磁盘后节点驱逐 Pod。', en: 'Container logs grow without limit; once they fill the disk, the node evicts pods.' },
  remedy: {
    zh: '执行 `du -sh /var/lib/docker/containers` 与 `docker info --format "{{.LoggingDriver}}"` 查看；在 `/etc/docker/daemon.json` 设置 `log-opts` 的 `max-size` 与 `max-file`，重启后只对新容器生效。',
    en: 'Check with `du -sh /var/lib/docker/containers` and `docker info --format "{{.LoggingDriver}}"`; set `max-size` and `max-file` under `log-opts` in `/etc/docker/daemon.json`; after a restart this applies to new containers only.',
  },
  severity: 'warning',
  reads: ['runtime'],
  unit: 'value',
  threshold: {},
  source: 'Docker documentation, json-file logging driver: unlimited unless max-size is set',

  evaluate({ runtime }) {
    if (runtime.kind !== 'docker') return notApplicable('not-in-use');
    if (runtime.logRotationSet === undefined) return unknown();
    return runtime.logRotationSet ? [] : [{ observed: false, threshold: true }];
  },
});
