import { defineCheck, unknown } from '../check.ts';
import { below } from '../levels.ts';
import { daysUntil, lifecycleOf } from '../lifecycle/operating-systems.ts';

export const releaseEolSoon = defineCheck({
  id: 'os-release-eol-soon',
  area: 'os',
  title: { zh: '操作系统版本的常规维护即将结束', en: 'Release of the operating system near the end of regular maintenance' },
  why: {
    zh: '到期后只剩安全修复或没有修复；迁移需要时间，现在就要排期。',
    en: 'After that day there are only security repairs, or none; moving takes time and must be planned now.',
  },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认版本；在停止维护前安排升级窗口，并先在非生产节点上验证。',
    en: 'Run `cat /etc/os-release` to confirm the release; arrange the upgrade before maintenance ends, trying it on a node outside production first.',
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
