import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const inotifyWatchesLow = defineCheck({
  id: 'os-inotify-watches-low',
  area: 'os',
  title: { zh: 'inotify 监视数上限过低', en: 'inotify watch limit too low' },
  why: {
    zh: '用完后日志采集漏日志，配置热加载失效，且往往没有报错。',
    en: 'Once the limit is reached, log collectors miss log entries and configuration hot reload stops working, often without any error.',
  },
  remedy: {
    zh: '执行 `sysctl fs.inotify.max_user_watches` 查看当前值；在 `/etc/sysctl.d/` 中调高该值；不足时 `kubectl logs -f`、日志采集与配置热加载会失败。',
    en: 'Run `sysctl fs.inotify.max_user_watches` to check the current value; raise it in `/etc/sysctl.d/`. If it is too low, `kubectl logs -f`, log collection and configuration hot reload fail.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls'],
  unit: 'count',
  threshold: { minimumCount: 65_536 },
  source: 'DCE kube-node-tuning: 65536',

  evaluate({ machine, sysctls }, { minimumCount }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlAtLeast(sysctls, 'fs.inotify.max_user_watches', minimumCount);
  },
});
