import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbAuthOff = defineCheck({
  id: 'mongodb-auth-off',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 未启用访问控制', en: 'MongoDB has no access control' },
  why: {
    zh: '能连到端口的人可读取、篡改或删除全部数据，这类库常被勒索。',
    en: 'Whoever reaches it may read, change or delete everything; such databases are held to ransom often.',
  },
  remedy: {
    zh: '执行 `mongosh --host <地址> --eval "db.adminCommand({listDatabases:1})"` 确认无需口令；建立管理员后设置 security.authorization: enabled，副本集另设 keyFile。',
    en: 'Run `mongosh --host <address> --eval "db.adminCommand({listDatabases:1})"` without a password; create an administrator, then set security.authorization: enabled, and a keyFile for replica sets.',
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
