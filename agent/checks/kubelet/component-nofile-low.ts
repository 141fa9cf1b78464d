import { defineCheck } from '../check.ts';
import { judgeWorst } from '../components.ts';

export const componentNofileLow = defineCheck({
  id: 'kubelet-component-nofile-low',
  area: 'kubelet',
  title: { zh: '组件的打开文件数限制过低', en: 'Components with a low limit of open files' },
  why: { zh: '容器或连接多起来就会报 too many open files，Pod 创建失败。', en: 'As containers or connections grow it fails with "too many open files", and pods are not created.' },
  remedy: {
    zh: '执行 `grep "open files" /proc/$(pidof -s <组件>)/limits` 确认；用 `systemctl edit` 为服务设置 `LimitNOFILE` 并重启，容器内的组件由运行时的限制决定。',
    en: 'Confirm with `grep "open files" /proc/$(pidof -s <component>)/limits`; set `LimitNOFILE` with `systemctl edit` and restart; for components in containers the limit of the runtime decides.',
  },
  severity: 'warning',
  reads: ['componentLimits'],
  unit: 'count',
  threshold: { lowestCount: 65_535 },
  source: 'practice and TongTech 快速使用手册 (nofile 65535); containerd and etcd need one file for each connection',

  evaluate({ componentLimits }, { lowestCount }, context) {
    return judgeWorst(
      componentLimits.processes,
      ({ nofileSoft }) => (nofileSoft === undefined ? undefined : -nofileSoft),
      ({ nofileSoft = 0 }) => (nofileSoft < lowestCount ? [{ observed: nofileSoft, threshold: lowestCount }] : []),
      context,
    );
  },
});
