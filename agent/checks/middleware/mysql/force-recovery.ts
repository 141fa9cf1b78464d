import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlForceRecovery = defineCheck({
  id: 'mysql-force-recovery',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 以强制恢复方式运行', en: 'MySQL running in forced recovery mode' },
  why: {
    zh: '数据文件曾损坏，此模式下限制写入且可能继续恶化，应尽快导出重建。',
    en: 'Data files were damaged: this mode restricts writes and damage may get worse; export and rebuild soon.',
  },
  remedy: {
    zh: '执行 `SELECT @@innodb_force_recovery` 确认；立即用 mysqldump 导出数据，在新实例导入后恢复为 0。',
    en: 'Run `SELECT @@innodb_force_recovery` to confirm; dump the data with mysqldump immediately, load it into a new instance and set the value back to 0.',
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'awesome-prometheus-alerts (MySQL): MysqlInnodbForceRecoveryIsEnabled; MySQL manual, "Forcing InnoDB Recovery"',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ forceRecovery }) => told(forceRecovery, (level) => (level > 0 ? [{ observed: level }] : [])));
  },
});
