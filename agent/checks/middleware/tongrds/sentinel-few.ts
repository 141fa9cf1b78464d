import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongrdsSentinelFew = defineCheck({
  id: 'tongrds-sentinel-few',
  area: 'middleware',
  product: 'tongrds',
  group: 'load',
  title: { zh: 'TongRDS 哨兵数量不足以裁决', en: 'Too few TongRDS sentinels for a quorum' },
  why: { zh: '主节点故障时无法裁决，不会自动切换。', en: 'If the primary fails, no decision can be reached, and there is no automatic failover.' },
  remedy: {
    zh: '在哨兵主机执行 `ss -ltn | grep 26379` 确认进程与端口；哨兵应为奇数且不少于三个。',
    en: 'Run `ss -ltn | grep 26379` on the sentinel hosts to check the process and port; deploy an odd number of sentinels, at least three.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareTongrds'],
  unit: 'count',
  threshold: { minimumCount: 3 },
  source: 'TongRDS manual: an odd number of sentinels, at least 3',

  evaluate({ middlewareTongrds: { rows } }, { minimumCount }) {
    return judgeInstances(rows, ({ mode, sentinels, sentinelsReached }) => {
      if (sentinels === undefined || sentinelsReached === undefined) return mode === 'sentinel' ? 'silent' : 'other';
      if (sentinelsReached < minimumCount) return [{ observed: sentinelsReached, threshold: minimumCount }];
      return sentinels % 2 === 0 ? [{ observed: sentinels, severity: 'warning' }] : [];
    });
  },
});
