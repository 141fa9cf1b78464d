import { defineCheck, unknown } from '../check.ts';

export const runtimeSilent = defineCheck({
  id: 'kubelet-runtime-silent',
  area: 'kubelet',
  title: { zh: '容器运行时无应答', en: 'Container runtime not responding' },
  why: { zh: '容器运行时不响应：节点不能启动或停止任何容器，随后会变为未就绪。', en: 'The node can neither start nor stop containers and will soon become NotReady.' },
  remedy: {
    zh: '执行 `crictl info` 与 `systemctl status containerd`（或 docker、crio）查明原因；先收集 `journalctl -u containerd -n 200` 再重启运行时。',
    en: 'Run `crictl info` and `systemctl status containerd` (or docker, crio) to find the cause; collect the output of `journalctl -u containerd -n 200` before restarting the runtime.',
  },
  severity: 'critical',
  reads: ['runtime'],
  unit: 'value',
  threshold: {},
  source: 'node-problem-detector health checker (CRI), kubeeye docker rule, TKE inspection',

  evaluate({ runtime }) {
    if (runtime.answers === undefined) return unknown('not-visible');
    return runtime.answers ? [] : [{ observed: false, threshold: true }];
  },
});
