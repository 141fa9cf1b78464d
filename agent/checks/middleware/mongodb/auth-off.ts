import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbAuthOff = defineCheck({
  id: 'mongodb-auth-off',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 未启用访问控制', en: 'MongoDB access control disabled' },
  why: {
    zh: '能连到端口的人可读取、篡改或删除全部数据，这类库常被勒索。',
    en: 'Anyone who can reach the port can read, change or delete all data; such databases are often held to ransom.',
  },
  remedy: {
    zh: '执行 `mongosh --host <地址> --eval "db.adminCommand({listDatabases:1})"` 确认无需口令；建立管理员后设置 security.authorization: enabled，副本集另设 keyFile。',
    en: 'Run `mongosh --host <address> --eval "db.adminCommand({listDatabases:1})"` to confirm that no password is needed; create an administrator, then set security.authorization: enabled, plus a keyFile for replica sets.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "Security Checklist": enable access control',

  evaluate({ middlewareMongodb: { members } }) {
    return judgeInstances(members, ({ role, anonymous, authorization }) => {
      if (role === 'arbiter') return 'other';
      return wrongWhen(anonymous === true ? true : authorization === undefined ? anonymous : !authorization);
    });
  },
});
