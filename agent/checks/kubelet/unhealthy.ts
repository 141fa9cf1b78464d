import { defineCheck, notApplicable, unknown } from '../check.ts';

export const unhealthy = defineCheck({
  id: 'kubelet-unhealthy',
  area: 'kubelet',
  title: { zh: 'kubelet 健康检查失败', en: 'Kubelet health check failure' },
  why: { zh: 'kubelet 自检失败：Pod 的状态不再更新，节点随后会被判为未就绪。', en: 'Pod status is no longer updated, and the node will soon be marked NotReady.' },
  remedy: {
    zh: '执行 `curl -s http://127.0.0.1:10248/healthz` 与 `journalctl -u kubelet -n 100` 查明原因，常见于容器运行时无应答或磁盘写满。',
    en: 'Run `curl -s http://127.0.0.1:10248/healthz` and `journalctl -u kubelet -n 100` to find the cause; common causes are an unresponsive container runtime or a full disk.',
  },
  severity: 'critical',
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'node-problem-detector health checker (:10248/healthz)',

  evaluate({ kubelet }) {
    if (kubelet.health === undefined) return unknown('not-visible');
    if (kubelet.health === 'unreachable' && kubelet.running === false) return notApplicable('not-in-use'); // that is kubelet-not-running
    return kubelet.health === 'ok' ? [] : [{ observed: kubelet.health, threshold: 'ok' }];
  },
});
