import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const containerLogsLarge = defineCheck({
  id: 'kubelet-container-logs-large',
  area: 'kubelet',
  title: { zh: '单个容器可占用的日志空间过大', en: 'Container log size limit too high' },
  why: { zh: '少数几个话多的容器就能写满节点磁盘，引发驱逐。', en: "A few containers with verbose logs can fill the node's disk and trigger evictions." },
  remedy: {
    zh: '执行 `grep containerLogMax /var/lib/kubelet/config.yaml` 确认；降低 `containerLogMaxSize` 或 `containerLogMaxFiles`，长期日志交给日志平台。',
    en: 'Run `grep containerLogMax /var/lib/kubelet/config.yaml` to confirm; lower `containerLogMaxSize` or `containerLogMaxFiles`, and use a logging platform for long-term logs.',
  },
  severity: 'warning',
  reads: ['kubelet', 'runtime'],
  unit: 'bytes',
  threshold: { highestBytes: 1_073_741_824 },
  source: 'practice: a hundred pods at the limit would fill a disk of 100 GB; the default is 50 MiB',

  evaluate({ kubelet, runtime }, { highestBytes }) {
    if (runtime.kind === 'docker') return notApplicable('not-in-use'); // Docker rotates by its own options
    if (kubelet.containerLogMaxBytes === undefined || kubelet.containerLogMaxFiles === undefined) return unknown();
    return above(kubelet.containerLogMaxBytes * kubelet.containerLogMaxFiles, { warning: highestBytes });
  },
});
