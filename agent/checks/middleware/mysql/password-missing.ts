import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlPasswordMissing = defineCheck({
  id: 'mysql-password-missing',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 存在没有口令的账号', en: 'MySQL accounts without a password' },
  why: {
    zh: '知道账号名的人不需要口令即可登录并读写数据。',
    en: 'Anyone who knows the account name can log in without a password and read or write data.',
  },
  remedy: {
    zh: '由管理员执行 `SELECT user, host FROM mysql.user WHERE authentication_string = ""` 查看；设置口令、改用 socket 认证，或 `ALTER USER … ACCOUNT LOCK`、删除账号。',
    en: "As an administrator, run `SELECT user, host FROM mysql.user WHERE authentication_string = ''` to list them; set a password, use socket authentication, or lock or drop the account.",
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: {},
  source: 'MySQL manual, "Securing the Initial MySQL Account"; CIS Oracle MySQL Benchmark, "Ensure Passwords Are Set for All MySQL Accounts"',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ accountsWithoutPassword }) => told(accountsWithoutPassword, (count) => (count > 0 ? [{ observed: count, threshold: 0 }] : [])));
  },
});
