import { defineCheck } from '../check.ts';
import { judgeLimit, profileThreshold } from '../host-profile.ts';

export const nofileLow = defineCheck({
  id: 'os-nofile-low',
  area: 'os',
  title: { zh: '服务进程的打开文件数限制过低', en: 'Open file limit of a service process too low' },
  why: {
    zh: '连接或文件增多时服务报 too many open files，拒绝新请求甚至退出。',
    en: 'As connections or files increase, the service reports "too many open files" and rejects new requests or even exits.',
  },
  remedy: {
    zh: '执行 `grep "Max open files" /proc/进程号/limits` 查看运行中进程的限制；在其 systemd 单元中设置 `LimitNOFILE=`（或 `/etc/security/limits.d/`）后重启该服务。',
    en: 'Run `grep "Max open files" /proc/PID/limits` to check the limit of the running process; set `LimitNOFILE=` in its systemd unit (or use `/etc/security/limits.d/`) and restart the service.',
  },
  severity: 'warning',
  reads: ['machine', 'processes'],
  unit: 'count',
  threshold: profileThreshold('nofile', 'Count'),
  source: 'the profiles of the roles; the limit of the running process counts, not that of a login shell',

  evaluate(sections, threshold) {
    return judgeLimit('openFilesLimit', { parameter: 'nofile', unit: 'Count', threshold }, sections);
  },
});
