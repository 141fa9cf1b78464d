import { defineCheck, unknown } from '../check.ts';

export const readOnlyPortOpen = defineCheck({
  id: 'kubelet-read-only-port-open',
  area: 'kubelet',
  title: { zh: 'kubelet 只读端口开启', en: 'Kubelet read-only port open' },
  why: { zh: '无需凭据即可读到该节点全部 Pod 的配置与环境变量。', en: 'Anyone can read the configuration and environment variables of every pod on the node without credentials.' },
  remedy: {
    zh: '执行 `ss -ltnp | grep kubelet` 确认；设置 `readOnlyPort: 0` 并重启 kubelet，依赖该端口的监控改用 10250 与令牌。',
    en: 'Run `ss -ltnp | grep kubelet` to confirm; set `readOnlyPort: 0` and restart the kubelet; switch monitoring that relies on this port to 10250 with a token.',
  },
  severity: 'critical',
  setup: true,
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.4',

  evaluate({ kubelet }) {
    if (kubelet.readOnlyPort === undefined) return unknown();
    return kubelet.readOnlyPort === 0 ? [] : [{ observed: kubelet.readOnlyPort, threshold: 0 }];
  },
});
