import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const fileDescriptorsHigh = defineCheck({
  id: 'control-plane-file-descriptors-high',
  area: 'control-plane',
  title: { zh: 'API 服务器的文件句柄接近上限', en: 'API server close to its file descriptor limit' },
  why: {
    zh: '文件描述符用尽后 API Server 不再接受连接：组件与用户同时掉线。',
    en: 'Once file descriptors run out, the API server accepts no more connections: components and users are cut off together.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep -E "process_(open|max)_fds"` 核对；查找大量 watch 连接的客户端，必要时调大容器运行时的 LimitNOFILE。',
    en: 'Run `kubectl get --raw /metrics | grep -E "process_(open|max)_fds"` to confirm; look for clients with many watch connections and, if necessary, raise LimitNOFILE for the container runtime.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { warningPercent: 70, criticalPercent: 90 },
  source: 'node-mixin NodeFileDescriptorLimit (70 and 90 %), applied to the process',

  evaluate({ apiMetrics }, { warningPercent, criticalPercent }) {
    const { openFiles, maxFiles } = apiMetrics;
    if (openFiles === undefined || maxFiles === undefined || maxFiles === 0) return unknown('not-reported');
    return above(Math.round((openFiles / maxFiles) * 1_000) / 10, { warning: warningPercent, critical: criticalPercent });
  },
});
