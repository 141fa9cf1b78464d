import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const redisSaveStale = defineCheck({
  id: 'redis-save-stale',
  area: 'middleware',
  product: 'redis',
  group: 'configuration',
  title: { zh: 'Redis 快照过旧', en: 'Outdated Redis snapshot' },
  why: { zh: '此时崩溃，会丢失自上次快照以来的全部写入。', en: 'A crash now would lose all writes since the last snapshot.' },
  remedy: {
    zh: '执行 `redis-cli INFO persistence` 查看 rdb_last_save_time 与 rdb_changes_since_last_save；执行 `redis-cli BGSAVE` 后确认状态，并检查 save 规则。',
    en: 'Run `redis-cli INFO persistence` and check rdb_last_save_time and rdb_changes_since_last_save; run `redis-cli BGSAVE`, confirm that it succeeds, and check the save rules.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'seconds',
  threshold: { warningHours: 48 },
  source: 'awesome-prometheus-alerts RedisMissingBackup (24 h); practice: twice that, so that one quiet day is none',

  evaluate({ middlewareRedis: { members } }, { warningHours }, { now }) {
    return judgeInstances(members, ({ role, snapshots, lastSaveAt, changesSinceSave = 0 }) => {
      if (role === 'sentinel' || snapshots === false) return 'other';
      if (snapshots === undefined || lastSaveAt === undefined) return 'silent';
      return changesSinceSave === 0 ? [] : above(Math.max(0, now - lastSaveAt), { warning: warningHours * 3_600 });
    });
  },
});
