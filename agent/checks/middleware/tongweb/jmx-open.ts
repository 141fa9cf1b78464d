import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebJmxOpen = defineCheck({
  id: 'tongweb-jmx-open',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 的 JMX 服务对外监听', en: 'TongWeb JMX service exposed to the network' },
  why: { zh: '能连到该端口的人可管理甚至在进程中执行代码。', en: 'Anyone who can reach the port may manage the process, or even execute code in it.' },
  remedy: {
    zh: '执行 `ss -ltnp | grep 7200` 确认；将 jmx-service 的 address 设为 127.0.0.1，或限制来源地址并使用强口令。',
    en: 'Run `ss -ltnp | grep 7200`; set the address of jmx-service to 127.0.0.1, or restrict source addresses and use strong passwords.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongTech security notices (JMX); default address is 127.0.0.1 in 7',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ jmxEnabled, jmxLocal }) => (jmxEnabled === false ? [] : jmxEnabled === undefined || jmxLocal === undefined ? 'silent' : wrongWhen(!jmxLocal)));
  },
});
