import { defineCheck } from '../../check.ts';
import { judgeInstances, wasRead, wrongWhen } from '../../middleware-rows.ts';

export const mysqlDefaultPassword = defineCheck({
  id: 'mysql-default-password',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL root 空口令可登录', en: 'MySQL root login with an empty password' },
  why: {
    zh: '能连到端口的人拥有全部数据和管理权限。',
    en: 'Anyone who can reach the port has all data and admin rights.',
  },
  remedy: {
    zh: '从巡检所在主机执行 `mysql -h <地址> -u root` 确认；为 root 设置口令，或只允许 socket 认证，并删除允许远程登录的 root 账号。',
    en: 'Run `mysql -h <address> -u root` from the host that runs the inspection to confirm; set a password for root or allow only socket authentication, and drop root accounts that allow remote login.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, "Securing the Initial MySQL Account"; tried only when declared',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ defaultPassword, reach }) => (defaultPassword === undefined && wasRead(reach) ? 'other' : wrongWhen(defaultPassword)));
  },
});
