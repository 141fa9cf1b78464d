import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongrdsMemoryHigh = defineCheck({
  id: 'tongrds-memory-high',
  area: 'middleware',
  product: 'tongrds',
  group: 'load',
  title: { zh: 'TongRDS 内存使用率高', en: 'High TongRDS memory usage' },
  why: { zh: '到上限后淘汰数据或拒绝写入，应用报错。', en: 'At the limit, data is evicted or writes are refused, and applications fail.' },
  remedy: {
    zh: '执行 `redis-cli -p 6200 INFO` 查看 used_memory_ratio；清理数据或扩容。',
    en: 'Run `redis-cli -p 6200 INFO` and check used_memory_ratio; remove data or add capacity.',
  },
  severity: 'warning',
  reads: ['middlewareTongrds'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'TongRDS manual V2.2, INFO used_memory_ratio; practice: 80 % / 90 %',

  evaluate({ middlewareTongrds: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ usedMemoryPercent }) =>
      told(usedMemoryPercent, (percent) => above(Math.round(percent), { warning: warningPercent, critical: criticalPercent })),
    );
  },
});
