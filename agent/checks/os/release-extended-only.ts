import { defineCheck, notApplicable, unknown } from '../check.ts';
import { daysUntil, lifecycleOf } from '../lifecycle/operating-systems.ts';

export const releaseExtendedOnly = defineCheck({
  id: 'os-release-extended-only',
  area: 'os',
  title: { zh: '操作系统版本的常规维护已结束，仅剩 LTS 或扩展维护', en: 'Operating system release in LTS or extended maintenance only' },
  why: {
    zh: 'LTS 与扩展维护只覆盖部分软件包，有的还需另行购买或启用。',
    en: 'LTS and extended maintenance cover only some packages, and some plans must be purchased or enabled separately.',
  },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认版本，并核对软件源是否已启用 LTS 或扩展维护；在其截止前升级到仍在常规维护的版本。',
    en: 'Run `cat /etc/os-release` to confirm the release, and check whether its LTS or extended maintenance repositories are enabled; upgrade to a release in regular maintenance before that support ends.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'days',
  threshold: { graceDays: 0 },
  source: "openEuler lifecycle.md and the vendors' lifecycle pages; days since the end of regular maintenance",

  evaluate({ os }, { graceDays }, { now }) {
    const lifecycle = lifecycleOf(os);
    if (lifecycle === undefined) return unknown();
    if (lifecycle.extended === undefined) return notApplicable('not-in-use');
    const overdue = -daysUntil(lifecycle.end, now);
    return overdue > graceDays && daysUntil(lifecycle.extended, now) >= 0 ? [{ observed: overdue, threshold: graceDays }] : [];
  },
});
