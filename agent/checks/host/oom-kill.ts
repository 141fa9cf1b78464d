import { defineCheck, unknown } from '../check.ts';

export const oomKill = defineCheck({
  id: 'host-oom-kill',
  area: 'host',
  title: { zh: '有进程因内存不足被杀', en: 'Processes killed by the OOM killer' },
  why: {
    zh: '被终止的进程没有机会收尾：服务中断，正在写的数据可能损坏。',
    en: 'Killed processes had no chance to shut down cleanly: services were interrupted, and data being written may be corrupted.',
  },
  remedy: {
    zh: '执行 `journalctl -k -g "Killed process"` 查看被杀的进程；调高其内存限制、修复泄漏或迁移负载。',
    en: 'Run `journalctl -k -g "Killed process"` to see which processes were killed; raise their memory limit, fix the leak or move load elsewhere.',
  },
  severity: 'warning',
  reads: ['memory', 'os'],
  unit: 'count',
  threshold: { allowedPerDay: 0, freshHours: 24 },
  source: 'node-problem-detector OOMKilling and awesome-prometheus-alerts HostOomKillDetected: any in 24 h',

  evaluate({ memory, os }, { allowedPerDay, freshHours }) {
    if (memory.oomKills === undefined) return unknown();
    if (memory.oomKills <= allowedPerDay) return [];
    if ((memory.oomKillsInSample ?? 0) > allowedPerDay) return [{ observed: memory.oomKillsInSample, threshold: allowedPerDay }];
    if (os.uptimeSeconds === undefined) return unknown();
    // The counter runs since boot: it speaks of the last day when the boot was within it, or when even the average is one a day.
    const days = os.uptimeSeconds / 86_400;
    if (os.uptimeSeconds <= freshHours * 3_600 || memory.oomKills / days >= 1) return [{ observed: memory.oomKills, threshold: allowedPerDay }];
    return unknown('no-history');
  },
});
