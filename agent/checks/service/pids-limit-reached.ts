import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const pidsLimitReached = defineCheck({
  id: 'service-pids-limit-reached',
  area: 'service',
  title: { zh: '控制组达到进程数上限，创建进程失败', en: 'Process limit reached in a control group' },
  why: { zh: '该服务或容器无法再创建线程，请求失败，登录也可能被拒绝。', en: 'The service or container can no longer create threads: requests fail, and logins may be refused.' },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep "fork rejected"` 找出对应的控制组；修复线程或进程泄漏，确有需要时提高 kubelet 的 podPidsLimit 或单元的 TasksMax。',
    en: 'Run `journalctl -k --since -24h | grep "fork rejected"` to find the control group; fix the thread or process leak, and raise podPidsLimit of the kubelet or TasksMax of the unit only if genuinely needed.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: programs fail in unforeseen ways when they cannot start a thread',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['pids-limit'], { warning: warningCount });
  },
});
