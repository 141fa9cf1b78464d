import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nacosPushSlow = defineCheck({
  id: 'nacos-push-slow',
  area: 'middleware',
  product: 'nacos',
  group: 'load',
  title: { zh: 'Nacos 推送缓慢', en: 'Slow Nacos pushes' },
  why: { zh: '调用方晚知道变化，发布与故障期间请求失败增多。', en: 'Callers learn of changes late, so more requests fail during releases and faults.' },
  remedy: {
    zh: '查看 naming-push.log 与成员的 CPU、网络；检查订阅者数量与变更频率。',
    en: "Check naming-push.log and the member's CPU and network; check the number of subscribers and how often services change.",
  },
  severity: 'warning',
  reads: ['middlewareNacos'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000 },
  source: 'practice: 1 s on average; a push is a matter of milliseconds',

  evaluate({ middlewareNacos: { members } }, { warningMs }) {
    return judgeInstances(members, ({ pushMs }) => told(pushMs, (value) => above(Math.floor(value), { warning: warningMs })));
  },
});
