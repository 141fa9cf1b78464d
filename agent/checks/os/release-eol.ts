import { defineCheck, unknown } from '../check.ts';
import { daysUntil, lifecycleOf } from '../lifecycle/operating-systems.ts';

export const releaseEol = defineCheck({
  id: 'os-release-eol',
  area: 'os',
  title: { zh: '操作系统版本已停止维护', en: 'Release of the operating system out of maintenance' },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认版本；制定升级到仍在维护的版本或服务包的计划，在此之前向厂商确认是否已购买扩展维护（已购买则登记为例外）。',
    en: 'Run `cat /etc/os-release` to confirm the release; plan the upgrade to a release or service pack that is maintained, and meanwhile ask the vendor whether extended maintenance was bought (if so, record an exemption).',
  },
  severity: 'warning',
  reads: ['os'],
  unit: 'days',
  threshold: { graceDays: 0 },
  source: 'openEuler lifecycle.md and the vendors’ lifecycle pages; info while extended maintenance can still be had',

  evaluate({ os }, { graceDays }, { now }) {
    const lifecycle = lifecycleOf(os);
    if (lifecycle === undefined) return unknown();
    const overdue = -daysUntil(lifecycle.end, now);
    if (overdue <= graceDays) return [];
    const isExtended = lifecycle.extended !== undefined && daysUntil(lifecycle.extended, now) >= 0;
    return [{ observed: overdue, threshold: graceDays, severity: isExtended ? 'info' : 'warning' }];
  },
});
