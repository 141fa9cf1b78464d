import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbVotesEven = defineCheck({
  id: 'mongodb-votes-even',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 投票成员数为偶数', en: 'Even number of MongoDB voting members' },
  why: { zh: '网络对半分裂时选不出主节点，不能写入。', en: 'If the network splits in half, no primary can be elected and writes stop.' },
  remedy: {
    zh: '执行 `rs.conf().members.map(m => m.votes)` 核对；增加或减少一个投票成员，偶数时网络分区可能选不出主节点。',
    en: 'Run `rs.conf().members.map(m => m.votes)` to check; add or remove one voting member: with an even number, a partition may leave no primary.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: {},
  source: 'MongoDB manual, "Replica Set Deployment Architectures": an odd number of voting members',

  evaluate({ middlewareMongodb: { rows } }) {
    return judgeInstances(rows, ({ mode, votingMembers }) => (mode === 'standalone' ? 'other' : told(votingMembers, (count) => (count % 2 === 0 ? [{ observed: count }] : []))));
  },
});
