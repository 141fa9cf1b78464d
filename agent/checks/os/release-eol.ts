import { defineCheck, unknown } from '../check.ts';
import { daysUntil, lifecycleOf } from '../lifecycle/operating-systems.ts';

export const releaseEol = defineCheck({
  id: 'os-release-eol',
  area: 'os',
  title: { zh: '操作系统版本已停止维护（含 LTS 与扩展维护）', en: 'Operating system release past LTS and extended maintenance' },
  why: { zh: '新发现的漏洞和缺陷不再有补丁，厂商也不再受理问题。', en: 'New vulnerabilities and bugs are no longer patched, and the vendor no longer accepts cases.' },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认版本；制定升级到仍在维护的版本或服务包的计划，在此之前向厂商确认能否延长维护（已延长则登记为例外）。',
    en: 'Run `cat /etc/os-release` to confirm the release; plan an upgrade to a release or service pack that is still maintained. Until then, ask the vendor whether maintenance can be extended (if it already is, record an exemption).',
  },
  severity: 'warning',
  reads: ['os'],
  unit: 'days',
  threshold: { graceDays: 0 },
  source: "openEuler lifecycle.md and the vendors' lifecycle pages; while only regular maintenance has ended, os-release-extended-only says so",

  evaluate({ os }, { graceDays }, { now }) {
    const lifecycle = lifecycleOf(os);
    if (lifecycle === undefined) return unknown();
    const overdue = -daysUntil(lifecycle.extended ?? lifecycle.end, now);
    return overdue > graceDays ? [{ observed: overdue, threshold: graceDays }] : [];
  },
});
