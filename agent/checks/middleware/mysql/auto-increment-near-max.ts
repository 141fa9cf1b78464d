import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlAutoIncrementNearMax = defineCheck({
  id: 'mysql-auto-increment-near-max',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 自增列接近上限', en: 'MySQL auto-increment column near its maximum' },
  why: { zh: '到达上限后该表再也插不进新行，业务写入中断。', en: 'Once the maximum is reached, the table accepts no more rows and business writes stop.' },
  remedy: {
    zh: '查询 information_schema.COLUMNS 与 TABLES.AUTO_INCREMENT 找出该列；在维护窗口改为 BIGINT UNSIGNED。',
    en: 'Find the column in information_schema.COLUMNS and TABLES.AUTO_INCREMENT; change it to BIGINT UNSIGNED in a maintenance window.',
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'practice: 80 %; at 100 % every insert fails, and a wider column rebuilds the table',

  evaluate({ middlewareMysql: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ autoIncrementPercent }) => told(autoIncrementPercent, (percent) => above(Math.round(percent), { warning: warningPercent })));
  },
});
