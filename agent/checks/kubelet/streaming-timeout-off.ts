import { defineCheck, unknown } from '../check.ts';

export const streamingTimeoutOff = defineCheck({
  id: 'kubelet-streaming-timeout-off',
  area: 'kubelet',
  title: { zh: 'kubelet 流式连接没有空闲超时', en: 'No idle timeout for kubelet streaming connections' },
  why: {
    zh: '被遗忘的 exec、端口转发会话永不关闭，占用连接，也给人可乘之机。',
    en: 'Forgotten exec and port-forward sessions never close: they tie up connections and may be exploited.',
  },
  remedy: {
    zh: '执行 `grep streamingConnectionIdleTimeout /var/lib/kubelet/config.yaml` 确认；恢复默认值，避免遗留的 exec 与端口转发连接耗尽资源。',
    en: 'Run `grep streamingConnectionIdleTimeout /var/lib/kubelet/config.yaml` to confirm; restore the default, so that forgotten exec and port-forward connections do not exhaust resources.',
  },
  severity: 'info',
  reads: ['kubelet'],
  unit: 'seconds',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.5',

  evaluate({ kubelet }) {
    if (kubelet.streamingIdleTimeoutSeconds === undefined) return unknown();
    return kubelet.streamingIdleTimeoutSeconds === 0 ? [{ observed: 0 }] : [];
  },
});
