import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbBindsAll = defineCheck({
  id: 'mongodb-binds-all',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 监听所有地址', en: 'MongoDB listens on all addresses' },
  why: { zh: '数据库可从所有网络访问，安全完全依赖口令和防火墙。', en: 'The database is reachable from every network, so security depends entirely on passwords and firewalls.' },
  remedy: {
    zh: '执行 `ss -ltn | grep 27017` 核对；将 net.bindIp 设为业务网卡地址，或用防火墙限制来源。',
    en: 'Run `ss -ltn | grep 27017` to check; set net.bindIp to the address of the application network interface, or restrict access with a firewall.',
  },
  severity: 'info',
  setup: true,
  reads: ['middleware', 'middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "IP Binding": listen only where clients are; not for a pod, whose network policy decides',

  evaluate({ middleware, middlewareMongodb: { members } }) {
    const places = new Map(middleware.rows.map((row) => [row.instance, row.place]));
    return judgeInstances(members, ({ instance, role, bindsAll }) => (places.get(instance) === 'cluster' || role === 'arbiter' ? 'other' : wrongWhen(bindsAll)));
  },
});
