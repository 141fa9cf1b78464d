import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const middlewareMemberUnread = defineCheck({
  id: 'middleware-member-unread',
  area: 'middleware',
  group: 'load',
  title: { zh: '中间件实例的部分成员没有应答', en: 'Some members of a middleware instance did not respond' },
  why: {
    zh: '没有应答的成员可能已停止，冗余少了一份，再坏一个就可能中断。',
    en: 'Those members may be down: redundancy is reduced, and one more failure may interrupt the service.',
  },
  remedy: {
    zh: '执行 `xunjian middleware` 查看未应答的成员与原因；检查这些成员是否运行、网络与凭据是否一致。',
    en: 'Run `xunjian middleware` to list the members that did not respond and why; check that they are running and that network access and credentials match those of the others.',
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'count',
  threshold: {},
  source: 'practice: whoever does not answer the inspection may not answer its clients either',

  evaluate({ middleware: { rows } }) {
    return judgeInstances(rows, ({ members, answered, reach }) => {
      if (reach === 'files-only') return 'other';
      if (answered === 0) return 'silent';
      return answered > 0 && answered < members ? [{ observed: answered, threshold: members }] : [];
    });
  },
});
