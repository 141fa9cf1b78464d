import { defineCheck, unknown } from '../check.ts';
import { below } from '../levels.ts';

export const rebootedRecently = defineCheck({
  id: 'host-rebooted-recently',
  area: 'host',
  title: { zh: '主机近期重启过', en: 'Host rebooted recently' },
  why: {
    zh: '若不是计划内的重启，说明主机曾宕机，原因不查清可能再次发生。',
    en: 'An unplanned reboot means that the host went down, which may happen again unless the cause is found.',
  },
  remedy: {
    zh: '执行 `last -x reboot | head` 与 `journalctl --list-boots` 确认是否为计划内重启；非计划重启请检查 `/var/crash` 与带外管理日志。',
    en: 'Run `last -x reboot | head` and `journalctl --list-boots` to check whether the reboot was planned; if not, check `/var/crash` and the out-of-band management logs.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'minutes',
  threshold: { infoHours: 24 },
  source: 'practice: one inspection period; unplanned changes of boot time are told from the history of runs',

  evaluate({ os }, { infoHours }) {
    if (os.uptimeSeconds === undefined) return unknown();
    return below(Math.floor(os.uptimeSeconds / 60), { info: infoHours * 60 });
  },
});
