import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlOpenFilesHigh = defineCheck({
  id: 'mysql-open-files-high',
  area: 'middleware',
  product: 'mysql',
  group: 'resources',
  title: { zh: 'MySQL 打开文件数接近上限', en: 'MySQL open files near the limit' },
  why: { zh: '用完后打不开表文件，查询报错。', en: 'Once the limit is reached, table files cannot be opened and queries fail.' },
  remedy: {
    zh: "执行 `SHOW GLOBAL STATUS LIKE 'Open_files'` 与 `SELECT @@open_files_limit`；提高服务单元的 LimitNOFILE 与 open_files_limit。",
    en: "Run `SHOW GLOBAL STATUS LIKE 'Open_files'` and `SELECT @@open_files_limit`; raise LimitNOFILE in the service unit and open_files_limit.",
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'percent',
  threshold: { warningPercent: 75 },
  source: 'awesome-prometheus-alerts (MySQL): MysqlTooManyOpenFiles (75 %)',

  evaluate({ middlewareMysql: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ openFilesPercent }) => told(openFilesPercent, (percent) => above(Math.round(percent), { warning: warningPercent })));
  },
});
