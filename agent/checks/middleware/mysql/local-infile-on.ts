import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlLocalInfileOn = defineCheck({
  id: 'mysql-local-infile-on',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 允许 LOAD DATA LOCAL', en: 'MySQL allows LOAD DATA LOCAL' },
  why: {
    zh: '应用被注入时，攻击者可借它读取客户端主机上的文件。',
    en: 'If an application is open to injection, an attacker can use it to read files on the client host.',
  },
  remedy: {
    zh: '执行 `SELECT @@local_infile` 确认；没有业务使用 LOAD DATA LOCAL 时在配置文件中写 local_infile=OFF，并执行 `SET GLOBAL local_infile=OFF`。',
    en: 'Run `SELECT @@local_infile` to confirm; unless an application uses LOAD DATA LOCAL, set local_infile=OFF in the configuration file and run `SET GLOBAL local_infile=OFF`.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, "Security Considerations for LOAD DATA LOCAL": off by default since 8.0; MariaDB has it on',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ localInfile }) => wrongWhen(localInfile));
  },
});
