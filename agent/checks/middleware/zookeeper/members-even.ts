import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const zookeeperMembersEven = defineCheck({
  id: 'zookeeper-members-even',
  area: 'middleware',
  product: 'zookeeper',
  group: 'configuration',
  title: { zh: 'ZooKeeper 投票成员数为偶数', en: 'Even number of ZooKeeper voting members' },
  why: { zh: '多出的成员不增加容错，对半分裂时反而整体停止。', en: 'The extra member adds no fault tolerance, and a split in half stops the whole service.' },
  remedy: {
    zh: '核对各成员 zoo.cfg 中的 server.N；使用三或五个投票成员，其余改为 observer。',
    en: 'Check server.N in zoo.cfg on each member; use three or five voting members and make the others observers.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareZookeeper'],
  unit: 'count',
  threshold: {},
  source: 'ZooKeeper Administrator Guide, "Clustered (Multi-Server) Setup": an odd number of machines',

  evaluate({ middlewareZookeeper: { rows } }) {
    return judgeInstances(rows, ({ mode, quorumMembers }) => (mode === 'standalone' ? 'other' : told(quorumMembers, (count) => (count % 2 === 0 ? [{ observed: count }] : []))));
  },
});
