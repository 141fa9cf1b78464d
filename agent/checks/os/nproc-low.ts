import { defineCheck } from '../check.ts';
import { judgeLimit, profileThreshold } from '../host-profile.ts';

export const nprocLow = defineCheck({
  id: 'os-nproc-low',
  area: 'os',
  title: { zh: '服务进程的进程（线程）数限制过低', en: 'Process (thread) limit of a service process too low' },
  why: {
    zh: '线程数到顶后服务无法创建新线程，请求失败，也可能无法登录排查。',
    en: 'Once the limit is reached, the service cannot create new threads and requests fail; logging in to troubleshoot may also be impossible.',
  },
  remedy: {
    zh: '执行 `grep "Max processes" /proc/进程号/limits` 查看运行中进程的限制；在其 systemd 单元中设置 `LimitNPROC=`（或 `/etc/security/limits.d/`）后重启该服务。',
    en: 'Run `grep "Max processes" /proc/PID/limits` to check the limit of the running process; set `LimitNPROC=` in its systemd unit (or use `/etc/security/limits.d/`) and restart the service.',
  },
  severity: 'warning',
  reads: ['machine', 'processes'],
  unit: 'count',
  threshold: profileThreshold('nproc', 'Count'),
  source: 'the profiles of the roles; threads count as processes',

  evaluate(sections, threshold) {
    return judgeLimit('processesLimit', { parameter: 'nproc', unit: 'Count', threshold }, sections);
  },
});
