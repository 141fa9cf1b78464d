import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const etcdServerMembersEven = defineCheck({
  id: 'etcd-server-members-even',
  area: 'middleware',
  product: 'etcd-server',
  group: 'configuration',
  title: { zh: 'etcd 成员数为偶数', en: 'etcd with an even number of members' },
  why: { zh: '多出的成员不增加容错，反而更容易因对半分裂而停止。', en: 'The extra member tolerates no further failure, and a split in halves stops the cluster.' },
  remedy: {
    zh: '执行 `etcdctl member list`；使用三或五个成员，偶数并不增加容错。',
    en: 'Run `etcdctl member list`; have three or five: an even number tolerates no more failures.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareEtcdServer'],
  unit: 'count',
  threshold: {},
  source: 'etcd FAQ: odd cluster sizes',

  evaluate({ middlewareEtcdServer: { rows } }) {
    return judgeInstances(rows, ({ mode, votingMembers }) => (mode === 'standalone' ? 'other' : told(votingMembers, (count) => (count % 2 === 0 ? [{ observed: count }] : []))));
  },
});
