import { defineCheck, unknown } from '../check.ts';

export const leaderChangesFrequent = defineCheck({
  id: 'control-plane-leader-changes-frequent',
  area: 'control-plane',
  title: { zh: '控制面频繁换主', en: 'Frequent control-plane leader changes' },
  why: {
    zh: '每次换主都有一段空窗：其间不调度、不修复，频繁换主说明控制面不稳。',
    en: 'Each leader change leaves a gap without scheduling or repair; frequent changes indicate an unstable control plane.',
  },
  remedy: {
    zh: '执行 `kubectl -n kube-system get lease -o yaml | grep -E "name:|leaseTransitions"` 核对换主次数；检查管理节点的负载、etcd 时延与时钟，续约超时才会换主。',
    en: 'Run `kubectl -n kube-system get lease -o yaml | grep -E "name:|leaseTransitions"` to check the number of leader changes; check control-plane node load, etcd latency and clocks, because leaders change only when lease renewals time out.',
  },
  severity: 'warning',
  reads: ['leaders'],
  unit: 'value',
  threshold: { perDayCount: 3, atLeastCount: 20 },
  source: 'practice: average over the life of the lease; a healthy cluster changes leaders at upgrades only',

  evaluate({ leaders }, { perDayCount, atLeastCount }) {
    let worst: number | undefined;
    let told = 0;
    for (const { createdAt, transitions } of leaders.leases) {
      if (createdAt === undefined) continue;
      told += 1;
      const perDay = Math.round((transitions / Math.max(1, (leaders.takenAt - createdAt) / 86_400)) * 10) / 10;
      if (transitions >= atLeastCount && perDay >= perDayCount) worst = Math.max(worst ?? 0, perDay);
    }
    if (worst !== undefined) return [{ observed: worst, threshold: perDayCount }];
    return told === 0 ? unknown('not-reported') : [];
  },
});
