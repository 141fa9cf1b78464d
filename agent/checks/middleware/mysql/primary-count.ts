import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const mysqlPrimaryCount = defineCheck({
  id: 'mysql-primary-count',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 主库数量不符合部署模式', en: 'MySQL primary count does not match the deployment mode' },
  why: {
    zh: '没有主库则业务不能写；多个可写主库会使数据分叉，难以合并。',
    en: 'With no primary, nothing can be written; with several writable ones, data diverges and is hard to merge.',
  },
  remedy: {
    zh: '在各成员执行 `SELECT @@read_only` 与 `SHOW REPLICA STATUS\\G`；出现两个可写成员时先停止写入再确认以哪个为准，没有主库时检查切换组件。',
    en: 'Run `SELECT @@read_only` and `SHOW REPLICA STATUS\\G` on each member; if two are writable, stop writes before deciding which one is authoritative; if there is no primary, check the failover component.',
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { replicatedCount: 1 },
  source: 'DaoCloud documentation, MySQL troubleshooting (both members are replicas, split brain): one member writes',

  evaluate({ middlewareMysql: { rows } }, { replicatedCount }) {
    return judgeInstances(rows, ({ mode, reach, primaries }) => {
      if (mode !== 'primary-replica') return mode === 'unknown' ? 'silent' : 'other';
      if (primaries === undefined || (reach !== 'ok' && primaries <= replicatedCount)) return 'silent'; // the primary may be the member that did not answer
      return primaries === replicatedCount ? [] : [{ observed: primaries, threshold: replicatedCount }];
    });
  },
});
