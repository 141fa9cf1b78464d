import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const redisAuthOff = defineCheck({
  id: 'redis-auth-off',
  area: 'middleware',
  product: 'redis',
  group: 'configuration',
  title: { zh: 'Redis 不需要口令即可访问', en: 'Redis accessible without a password' },
  why: { zh: '能连到端口的人可读写全部数据，还可能借此控制主机。', en: 'Anyone who can reach the port can read and write all data, and may take over the host.' },
  remedy: {
    zh: '从其他主机执行 `redis-cli -h <地址> PING` 确认；设置 requirepass 或 ACL 用户，关闭 default 用户的 nopass，并更新客户端。',
    en: 'Run `redis-cli -h <address> PING` from another host; set requirepass or ACL users, remove nopass from the default user, and update the clients.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareRedis'],
  unit: 'value',
  threshold: {},
  source: 'redis.io "Redis security": requirepass and ACL',

  evaluate({ middlewareRedis: { members } }) {
    return judgeInstances(members, ({ authRequired }) => wrongWhen(authRequired === undefined ? undefined : !authRequired));
  },
});
