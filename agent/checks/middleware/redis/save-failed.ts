import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const redisSaveFailed = defineCheck({
  id: 'redis-save-failed',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 持久化失败', en: 'Redis persistence failure' },
  why: { zh: '数据没有落盘，重启会丢失；默认设置下写入也会被拒绝。', en: 'Data is not on disk and would be lost in a restart; with default settings, writes are refused as well.' },
  remedy: {
    zh: '执行 `redis-cli INFO persistence` 查看 rdb_last_bgsave_status 与 aof_last_write_status；检查数据目录的空间与权限，以及 vm.overcommit_memory。',
    en: 'Run `redis-cli INFO persistence` and check rdb_last_bgsave_status and aof_last_write_status; check the free space and permissions of the data directory, and vm.overcommit_memory.',
  },
  severity: 'critical',
  reads: ['middlewareRedis'],
  unit: 'value',
  threshold: {},
  source: 'redis.io INFO: rdb_last_bgsave_status, aof_last_write_status; awesome-prometheus-alerts RedisMissingBackup',

  evaluate({ middlewareRedis: { members } }) {
    return judgeInstances(members, ({ role, lastSaveFailed, appendFailed }) => {
      if (role === 'sentinel') return 'other';
      return lastSaveFailed === undefined && appendFailed === undefined ? 'silent' : wrongWhen(lastSaveFailed === true || appendFailed === true);
    });
  },
});
