import { defineCheck, unknown } from '../check.ts';

export const membersEven = defineCheck({
  id: 'etcd-members-even',
  area: 'etcd',
  title: { zh: 'etcd 成员数为一个或偶数', en: 'Single or even number of etcd members' },
  why: {
    zh: '一个或偶数个成员：少一个就可能失去多数，集群停止接受修改。',
    en: 'With one or an even number of members, losing one may lose the majority, and the cluster stops accepting changes.',
  },
  remedy: {
    zh: '执行 `etcdctl member list -w table` 确认当前成员；扩到三个或五个成员并分布在不同主机，偶数成员不会提高容错。',
    en: 'Run `etcdctl member list -w table` to confirm the current members; scale out to three or five members on different hosts: an even number does not improve fault tolerance.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'count',
  threshold: { lowestCount: 3 },
  source: 'etcd FAQ (odd cluster size), ACK cluster inspection',

  evaluate({ etcdFlags }, { lowestCount }) {
    const members = etcdFlags.initialMemberCount;
    if (members === undefined) return unknown();
    return members < lowestCount || members % 2 === 0 ? [{ observed: members, threshold: lowestCount }] : [];
  },
});
