import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const zookeeperDescriptorsHigh = defineCheck({
  id: 'zookeeper-descriptors-high',
  area: 'middleware',
  product: 'zookeeper',
  group: 'resources',
  title: { zh: 'ZooKeeper 文件描述符接近上限', en: 'ZooKeeper file descriptors close to the limit' },
  why: { zh: '用完后新连接被拒绝，依赖它的系统会失联。', en: 'Once they are exhausted, new connections are refused and dependent systems lose contact.' },
  remedy: {
    zh: '执行 `echo mntr | nc <地址> 2181` 查看 zk_open_file_descriptor_count；提高服务单元的 LimitNOFILE，检查客户端是否泄漏连接。',
    en: 'Run `echo mntr | nc <address> 2181` and check zk_open_file_descriptor_count; raise LimitNOFILE in the service unit, and check whether clients leak connections.',
  },
  severity: 'warning',
  reads: ['middlewareZookeeper'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'ZooKeeper Administrator Guide, mntr; practice: 80 %',

  evaluate({ middlewareZookeeper: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ serving, descriptorsPercent }) =>
      serving === false ? 'other' : told(descriptorsPercent, (percent) => above(Math.floor(percent), { warning: warningPercent })),
    );
  },
});
