import { defineCheck } from '../../check.ts';
import { middlewareLifecycle } from '../../lifecycle/middleware/index.ts';
import { releaseOf } from '../../lifecycle/middleware/lifecycle.ts';
import { daysUntil } from '../../lifecycle/operating-systems.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const middlewareVersionEol = defineCheck({
  id: 'middleware-version-eol',
  area: 'middleware',
  group: 'platform',
  title: { zh: '中间件版本已停止维护', en: 'Middleware version at end of life' },
  why: { zh: '新发现的漏洞和缺陷不再有补丁，出问题也得不到厂商支持。', en: 'New vulnerabilities and bugs get no patches, and vendor support has ended.' },
  remedy: {
    zh: '核对版本并查阅厂商的生命周期页面；制定升级计划，在此之前向厂商或发行版确认是否有扩展维护。',
    en: "Confirm the version and check the vendor's lifecycle page; plan an upgrade and, until then, ask the vendor or distribution whether extended maintenance is available.",
  },
  severity: 'warning',
  setup: true,
  reads: ['middleware'],
  unit: 'days',
  threshold: { infoDays: 180 },
  source: "endoflife.date, vendors' lifecycle pages, see agent/checks/lifecycle/middleware; practice: info from 180 days before",

  evaluate({ middleware: { rows } }, { infoDays }, { now }) {
    return judgeInstances(rows, ({ product, version, fork }) => {
      const lifecycle = middlewareLifecycle(product);
      if (!lifecycle) return 'other';
      if (version === undefined || fork !== undefined) return 'silent'; // no table of the fork's releases is kept
      if (lifecycle.isForeign?.(version)) return 'other';
      const release = releaseOf(lifecycle, version);
      if (!release) return 'silent'; // a release newer than the table, or one that was never listed
      const days = daysUntil(release.end, now);
      if (days < 0) return [{ observed: days, threshold: 0 }];
      return days <= infoDays ? [{ observed: days, threshold: infoDays, severity: 'info' }] : [];
    });
  },
});
