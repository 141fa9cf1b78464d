import { defineCheck, notApplicable, unknown } from '../check.ts';

export const dockerLiveRestoreOff = defineCheck({
  id: 'kubelet-docker-live-restore-off',
  area: 'kubelet',
  title: { zh: 'Docker 未启用 live-restore', en: 'Docker live restore disabled' },
  why: { zh: '重启或升级 Docker 会把节点上的容器全部停掉。', en: 'Restarting or upgrading Docker stops every container on the node.' },
  remedy: {
    zh: '执行 `docker info --format "{{.LiveRestoreEnabled}}"` 确认；在 `/etc/docker/daemon.json` 设置 `"live-restore": true` 并重新加载，避免 Docker 重启时中断容器。',
    en: 'Run `docker info --format "{{.LiveRestoreEnabled}}"` to confirm; set `"live-restore": true` in `/etc/docker/daemon.json` and reload the configuration, so that restarting Docker does not interrupt containers.',
  },
  severity: 'info',
  reads: ['runtime'],
  unit: 'value',
  threshold: {},
  source: 'CIS Docker Benchmark 2.15',

  evaluate({ runtime }) {
    if (runtime.kind !== 'docker') return notApplicable('not-in-use');
    if (runtime.liveRestore === undefined) return unknown();
    return runtime.liveRestore ? [] : [{ observed: false, threshold: true }];
  },
});
