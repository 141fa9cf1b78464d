import { defineCheck, unknown } from '../check.ts';
import { below } from '../levels.ts';
import { daysUntil, lifecycleOf } from '../lifecycle/operating-systems.ts';

export const releaseEolSoon = defineCheck({
  id: 'os-release-eol-soon',
  area: 'os',
  title: { zh: '操作系统版本的常规维护即将结束', en: 'Operating system release nearing end of regular maintenance' },
  why: {
    zh: '到期后只剩安全修复或没有修复；迁移需要时间，现在就要排期。',
    en: 'After that date there will be security fixes only, or none at all; migration takes time and should be scheduled now.',
  },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认版本；在停止维护前安排升级窗口，并先在非生产节点上验证。',
    en: 'Run `cat /etc/os-release` to confirm the release; schedule an upgrade window before maintenance ends, and test the upgrade on a non-production node first.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'days',
  threshold: { infoDays: 180, warningDays: 30 },
  source: 'DCE policy of upgrade reminders: 180 days ahead; a month ahead is a warning by practice',

  evaluate({ os }, { infoDays, warningDays }, { now }) {
    const lifecycle = lifecycleOf(os);
    if (lifecycle === undefined) return unknown();
    const left = daysUntil(lifecycle.end, now);
    return left < 0 ? [] : below(left, { info: infoDays, warning: warningDays });
  },
});
