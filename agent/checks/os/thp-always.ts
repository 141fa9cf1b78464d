import { defineCheck, unknown } from '../check.ts';
import { judgeProfile, profileThreshold } from '../host-profile.ts';
import { THP_LEVELS } from '../host-profiles.ts';

export const thpAlways = defineCheck({
  id: 'os-thp-always',
  area: 'os',
  title: { zh: '数据库主机上透明大页始终开启', en: 'Transparent huge pages always on for a database host' },
  why: {
    zh: '内核合并内存页时数据库停顿，Redis、MongoDB 等的时延与内存占用上升。',
    en: 'Databases pause while the kernel merges memory pages, and the latency and memory usage of Redis, MongoDB and others increase.',
  },
  remedy: {
    zh: '执行 `cat /sys/kernel/mm/transparent_hugepage/enabled` 查看；用 tuned 配置或 systemd 单元改为 `madvise` 或 `never`，再重启数据库，避免延迟抖动与内存膨胀。',
    en: 'Run `cat /sys/kernel/mm/transparent_hugepage/enabled` to check the current setting; switch to `madvise` or `never` with a tuned profile or a systemd unit, then restart the database, to avoid latency spikes and memory bloat.',
  },
  severity: 'info',
  reads: ['machine', 'os', 'processes'],
  unit: 'value',
  threshold: profileThreshold('transparent_hugepage', 'Value'),
  source: 'the profiles of the roles: manuals of Redis, MongoDB, Oracle and TiDB; KubeKey sets never. 0 never, 1 madvise, 2 always',

  evaluate({ machine, os, processes }, threshold) {
    const mode = os.transparentHugePages;
    const outcome = judgeProfile(mode === undefined ? THP_LEVELS.never : THP_LEVELS[mode], { parameter: 'transparent_hugepage', unit: 'Value', threshold }, { machine, processes });
    if ('verdict' in outcome) return outcome;
    if (mode === undefined) return unknown();
    return outcome.map(() => ({ observed: mode }));
  },
});
