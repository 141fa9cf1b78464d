import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nacosDescriptorsHigh = defineCheck({
  id: 'nacos-descriptors-high',
  area: 'middleware',
  product: 'nacos',
  group: 'resources',
  title: { zh: 'Nacos 文件描述符使用率过高', en: 'High Nacos file descriptor usage' },
  why: { zh: '用完后客户端连不上，服务注册与配置推送中断。', en: 'Once exhausted, clients cannot connect, and service registration and configuration pushes stop.' },
  remedy: {
    zh: '在成员上执行 `ls /proc/<pid>/fd | wc -l` 与 `cat /proc/<pid>/limits`；提高 nofile 并检查客户端连接数。',
    en: 'Run `ls /proc/<pid>/fd | wc -l` and `cat /proc/<pid>/limits` on the member; raise nofile and check the number of client connections.',
  },
  severity: 'warning',
  reads: ['middlewareNacos'],
  unit: 'percent',
  threshold: { warningPercent: 90 },
  source: 'reports-middleware, JVM generic: descriptors > 90 %',

  evaluate({ middlewareNacos: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ descriptorsPercent }) => told(descriptorsPercent, (value) => above(Math.floor(value), { warning: warningPercent })));
  },
});
