import { defineCheck, unknown } from '../check.ts';

export const bootIncomplete = defineCheck({
  id: 'service-boot-incomplete',
  area: 'service',
  title: { zh: '系统启动未完成或处于维护模式', en: 'System boot incomplete or in maintenance mode' },
  why: { zh: '部分服务没有启动，主机处于不完整的状态，看似在线却不能正常工作。', en: 'Some services have not started: the host appears to be online but cannot work properly.' },
  remedy: {
    zh: '执行 `systemctl list-jobs` 查看卡住的启动任务，维护模式下用 `journalctl -xb -p err` 查看原因；修复阻塞的挂载或服务。',
    en: 'Run `systemctl list-jobs` to find stuck boot jobs or, in maintenance mode, `journalctl -xb -p err` to find the cause; fix the mount or service that is blocking.',
  },
  severity: 'warning',
  reads: ['systemd'],
  unit: 'minutes',
  threshold: { warningMinutes: 15 },
  source: 'practice: systemd gives each unit 90 s to start, so a boot of more than 15 minutes hangs',

  evaluate({ systemd: { state, uptimeSeconds } }, { warningMinutes }) {
    if (state === 'maintenance') return [{ observed: 'maintenance', severity: 'critical' }];
    if (state === 'unknown') return unknown();
    if (state !== 'initializing' && state !== 'starting') return [];
    if (uptimeSeconds === undefined) return unknown();
    const minutes = Math.floor(uptimeSeconds / 60);
    return minutes >= warningMinutes ? [{ observed: minutes, threshold: warningMinutes }] : [];
  },
});
