import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const etcdServerMembersEven = defineCheck({
  id: 'etcd-server-members-even',
  area: 'middleware',
  product: 'etcd-server',
  group: 'configuration',
  title: { zh: 'etcd 成员数为偶数', en: 'Even number of etcd members' },
  why: { zh: '多出的成员不增加容错，反而更容易因对半分裂而停止。', en: 'The extra member adds no fault tolerance, and an even split stops the cluster.' },
  remedy: {
    zh: '执行 `etcdctl member list`；使用三或五个成员，偶数并不增加容错。',
    en: 'Run `etcdctl member list`; use three or five members, because an even number adds no fault tolerance.',
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
