import { defineCheck } from '../check.ts';
import { judgeWorst } from '../components.ts';

export const componentNofileLow = defineCheck({
  id: 'kubelet-component-nofile-low',
  area: 'kubelet',
  title: { zh: '组件的打开文件数限制过低', en: 'Open file limit too low for components' },
  why: {
    zh: '容器或连接多起来就会报 too many open files，Pod 创建失败。',
    en: 'As containers or connections increase, the component fails with "too many open files" and pods cannot be created.',
  },
  remedy: {
    zh: '执行 `grep "open files" /proc/$(pidof -s <组件>)/limits` 确认；用 `systemctl edit` 为服务设置 `LimitNOFILE` 并重启，容器内的组件由运行时的限制决定。',
    en: 'Run `grep "open files" /proc/$(pidof -s <component>)/limits` to confirm; set `LimitNOFILE` for the service with `systemctl edit` and restart it; for components in containers, the runtime\'s limit applies.',
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
