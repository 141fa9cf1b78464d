import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const uptimeLong = defineCheck({
  id: 'host-uptime-long',
  area: 'host',
  title: { zh: '主机长期未重启', en: 'Host not rebooted for a long time' },
  why: {
    zh: '长期不重启意味着内核修复未生效，也没人验证过重启后服务能否自己起来。',
    en: 'Kernel fixes have not taken effect, and nobody has verified that services come back by themselves after a reboot.',
  },
  remedy: {
    zh: '执行 `uptime` 确认；在变更窗口中逐台重启，使内核与基础库补丁生效，并验证重启后业务能自行恢复。',
    en: 'Run `uptime` to confirm; reboot hosts one at a time in a change window so that kernel and base library patches take effect, and verify that services recover by themselves.',
  },
  severity: 'info',
  setup: true,
  reads: ['os'],
  unit: 'days',
  threshold: { infoDays: 365 },
  source: 'practice: after a year neither patches nor the start-up order are proved',

  evaluate({ os }, { infoDays }) {
    if (os.uptimeSeconds === undefined) return unknown();
    return above(Math.floor(os.uptimeSeconds / 86_400), { info: infoDays });
  },
});
