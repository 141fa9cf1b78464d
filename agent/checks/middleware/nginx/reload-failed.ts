import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nginxReloadFailed = defineCheck({
  id: 'nginx-reload-failed',
  area: 'middleware',
  product: 'nginx',
  group: 'load',
  title: { zh: 'ingress 控制器上次重载配置失败', en: 'Last ingress controller reload failed' },
  why: { zh: '之后的路由与证书变更都没有生效，重启后可能起不来。', en: 'Route and certificate changes made since then are not in effect, and a restart may fail.' },
  remedy: {
    zh: '执行 `kubectl logs` 查看控制器日志中的 error reloading；修正引起失败的 Ingress 或注解。',
    en: 'Check the controller log with `kubectl logs` for error reloading; fix the Ingress or annotation that causes the failure.',
  },
  severity: 'critical',
  reads: ['middlewareNginx'],
  unit: 'value',
  threshold: {},
  source: 'ingress-nginx chart, sample alert NGINXConfigFailed',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ kind, reloadFailed }) => (kind === 'server' ? 'other' : wrongWhen(reloadFailed)));
  },
});
