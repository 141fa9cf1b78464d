import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlMyisamUsed = defineCheck({
  id: 'mysql-myisam-used',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 存在 MyISAM 表', en: 'MySQL tables using MyISAM' },
  why: { zh: '崩溃后表可能损坏，不支持事务，写入时锁住整张表。', en: 'A crash may corrupt them, they do not support transactions, and each write locks the whole table.' },
  remedy: {
    zh: "执行 `SELECT COUNT(*) FROM information_schema.TABLES WHERE ENGINE='MyISAM'` 确认；在维护窗口执行 `ALTER TABLE … ENGINE=InnoDB`。",
    en: "Run `SELECT COUNT(*) FROM information_schema.TABLES WHERE ENGINE='MyISAM'` to confirm; run `ALTER TABLE … ENGINE=InnoDB` in a maintenance window.",
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'MySQL manual, "The MyISAM Storage Engine": no transactions, no crash recovery',

  evaluate({ middlewareMysql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ myisamTables }) => told(myisamTables, (count) => above(count, { warning: warningCount })));
  },
});
