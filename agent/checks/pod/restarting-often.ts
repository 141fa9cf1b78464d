import { defineCheck } from '../check.ts';
import { byOwner, restartedTwice, restartsPerDay, waitOf } from '../pod-rows.ts';

export const restartingOften = defineCheck({
  id: 'pod-restarting-often',
  area: 'pod',
  title: { zh: '容器频繁重启', en: 'Frequently restarting containers' },
  why: {
    zh: '每次重启都会丢弃连接和缓存：用户遇到间歇性失败，根因往往是内存或探针。',
    en: 'Every restart drops connections and caches: users see intermittent failures, and the cause is often memory or probes.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看上次退出的原因与退出码，再用 `kubectl -n <命名空间> logs <Pod> --previous` 查看退出前的日志；按原因调整内存限制、存活探针或应用。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` to see the reason and exit code of the last termination and `kubectl -n <namespace> logs <pod> --previous` to read the log before it; adjust the memory limit, the liveness probe or the application accordingly.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'count',
  threshold: { perDayCount: 5, firstHourCount: 3, burstRunMinutes: 10, burstWithinMinutes: 60 },
  source:
    'popeye 205 (5 restarts, over the whole life); per day, because a life-long count never heals; 3 in the first hour by practice; for old pods two in a row, by how long the last run lasted (10 min: kubelet forgets its back-off after a run of that length)',

  evaluate({ pods }, { perDayCount, firstHourCount, burstRunMinutes, burstWithinMinutes }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const restarts = restartsPerDay(row, now);
      if (restarts === undefined || row.deletedAt !== undefined || waitOf(row) === 'crash') return undefined;
      if (now - row.createdAt <= 3_600 && restarts >= firstHourCount) return { observed: restarts, threshold: firstHourCount, severity: 'critical' };
      if (restarts >= perDayCount) return { observed: restarts, threshold: perDayCount };
      return restartedTwice(row, now, burstRunMinutes * 60, burstWithinMinutes * 60) ? { observed: 2 } : undefined;
    });
  },
});
