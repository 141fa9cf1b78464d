import { defineCheck } from '../check.ts';
import { judgeWorst } from '../components.ts';
import { above } from '../levels.ts';

export const componentFilesExhausted = defineCheck({
  id: 'kubelet-component-files-exhausted',
  area: 'kubelet',
  title: { zh: '组件的打开文件数接近限制', en: 'Components close to their open file limit' },
  why: {
    zh: '用完后组件无法建立连接或打开文件，节点可能变为未就绪。',
    en: 'Once the limit is reached, the component can no longer open connections or files, and the node may become NotReady.',
  },
  remedy: {
    zh: '执行 `ls /proc/$(pidof -s <组件>)/fd | wc -l` 确认；用 `ss -tanp` 查看是否有连接泄漏，再提高 `LimitNOFILE` 并重启。',
    en: 'Run `ls /proc/$(pidof -s <component>)/fd | wc -l` to confirm; check for connection leaks with `ss -tanp`, then raise `LimitNOFILE` and restart the component.',
  },
  severity: 'warning',
  reads: ['componentLimits'],
  unit: 'percent',
  threshold: { warningPercent: 70, criticalPercent: 90 },
  source: 'node-mixin NodeFileDescriptorLimit (70 %, 90 %), applied to each process',

  evaluate({ componentLimits }, { warningPercent, criticalPercent }, context) {
    return judgeWorst(
      componentLimits.processes,
      ({ openFilesPercent }) => openFilesPercent,
      ({ openFilesPercent = 0 }) => above(openFilesPercent, { warning: warningPercent, critical: criticalPercent }),
      context,
    );
  },
});
