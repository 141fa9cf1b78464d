import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongrdsAuthOff = defineCheck({
  id: 'tongrds-auth-off',
  area: 'middleware',
  product: 'tongrds',
  group: 'configuration',
  title: { zh: 'TongRDS 不需要口令即可访问', en: 'TongRDS accessible without a password' },
  why: { zh: '能连到端口的人可读取、篡改或清空全部数据。', en: 'Anyone who can reach the port can read, tamper with or erase all data.' },
  remedy: {
    zh: '从其他主机执行 `redis-cli -p 6200 -h <地址> PING` 确认；在 cfg.xml 中设置口令。',
    en: 'Run `redis-cli -p 6200 -h <address> PING` from another host; set a password in cfg.xml.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareTongrds'],
  unit: 'value',
  threshold: {},
  source: 'practice, as for Redis: whoever reaches it reads all data',

  evaluate({ middlewareTongrds: { members } }) {
    return judgeInstances(members, ({ authRequired }) => wrongWhen(authRequired === undefined ? undefined : !authRequired));
  },
});
