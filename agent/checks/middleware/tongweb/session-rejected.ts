import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebSessionRejected = defineCheck({
  id: 'tongweb-session-rejected',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 应用拒绝会话', en: 'Sessions rejected by TongWeb application' },
  why: { zh: '超出会话上限的用户登录不了或被踢出。', en: 'Users beyond the session limit cannot log in or are logged out.' },
  remedy: {
    zh: '在控制台查看会话监控的 rejectedSessions；检查会话数上限、超时与爬虫。',
    en: 'Check rejectedSessions in session monitoring in the console; check the session limit, the timeout and crawlers.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'TongWeb monitor item rejectedSessions',

  evaluate({ middlewareTongweb: { rows, applications } }, { warningCount }) {
    return judgeParts(
      rows,
      applications,
      ({ rejectedSessions }) => told(rejectedSessions, (count) => above(count, { warning: warningCount })),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
