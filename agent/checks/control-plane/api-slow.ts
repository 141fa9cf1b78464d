import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const apiSlow = defineCheck({
  id: 'control-plane-api-slow',
  area: 'control-plane',
  title: { zh: 'API 服务器应答缓慢', en: 'Slow API server responses' },
  why: { zh: 'kubectl 和控制器都在等：人的操作和自动修复一起变慢。', en: 'kubectl and controllers have to wait: manual operations and automatic repair both slow down.' },
  remedy: {
    zh: '执行 `time kubectl get --raw /readyz` 复核；检查管理节点的 CPU、etcd 磁盘时延以及到 API 服务器的网络与负载均衡。',
    en: 'Run `time kubectl get --raw /readyz` to confirm; check the CPU of the control-plane nodes, etcd disk latency, and the network and load balancer in front of the API server.',
  },
  severity: 'warning',
  reads: ['apiServer'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000, criticalMs: 5_000 },
  source: 'practice: a readiness answer is trivial; the limits are those of a single-object request',

  evaluate({ apiServer }, { warningMs, criticalMs }) {
    return apiServer.answerMs === undefined ? unknown('not-reported') : above(apiServer.answerMs, { warning: warningMs, critical: criticalMs });
  },
});
