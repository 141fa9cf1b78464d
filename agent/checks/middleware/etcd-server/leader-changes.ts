import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const etcdServerLeaderChanges = defineCheck({
  id: 'etcd-server-leader-changes',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 主节点频繁变更', en: 'Frequent etcd leader changes' },
  why: { zh: '每次换主写入都会停顿，说明磁盘或网络不稳。', en: 'Writes pause at each change, which points to an unstable disk or network.' },
  remedy: {
    zh: '查看各成员日志中的 elected leader；检查成员间网络时延与磁盘。数值为启动以来平均每天的次数。',
    en: "Search the members' logs for elected leader; check the network latency between members and their disks. The value is the daily average since start-up.",
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'count',
  threshold: { warningPerDay: 5, leastUptimeSeconds: 3_600 },
  source: 'etcd mixin (contrib/mixin): etcdHighNumberOfLeaderChanges; practice: five a day, not judged within the first hour',

  evaluate({ middlewareEtcdServer: { members } }, { warningPerDay, leastUptimeSeconds }) {
    return judgeInstances(members, ({ leaderChanges, uptimeSeconds }) => {
      if (leaderChanges === undefined || uptimeSeconds === undefined) return 'silent';
      if (uptimeSeconds < leastUptimeSeconds) return [];
      return above(Math.floor(leaderChanges / Math.max(1, uptimeSeconds / 86_400)), { warning: warningPerDay });
    });
  },
});
