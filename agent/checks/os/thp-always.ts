import { defineCheck, notApplicable, unknown } from '../check.ts';

export const thpAlways = defineCheck({
  id: 'os-thp-always',
  area: 'os',
  title: { zh: '数据库主机上透明大页始终开启', en: 'Transparent huge pages always on beside a database' },
  remedy: {
    zh: '执行 `cat /sys/kernel/mm/transparent_hugepage/enabled` 查看；用 tuned 配置或 systemd 单元改为 `madvise` 或 `never`，再重启数据库，避免延迟抖动与内存膨胀。',
    en: 'Run `cat /sys/kernel/mm/transparent_hugepage/enabled` to see it; set `madvise` or `never` by a tuned profile or a systemd unit and restart the database, against latency spikes and growing memory.',
  },
  severity: 'info',
  reads: ['os', 'processes'],
  unit: 'value',
  threshold: { forbidden: 'always', programs: ['redis', 'mongodb', 'mysql', 'postgresql', 'oracle', 'dameng', 'kingbase', 'gaussdb', 'oceanbase', 'tidb', 'clickhouse'] },
  source: 'manuals of Redis, MongoDB, Oracle and TiDB; KubeKey sets never',

  evaluate({ os, processes }, { forbidden, programs }) {
    if (processes.programs === undefined) return unknown('not-visible');
    if (!processes.programs.some((running) => programs.includes(running))) return notApplicable();
    if (os.transparentHugePages === undefined) return unknown();
    return os.transparentHugePages === forbidden ? [{ observed: os.transparentHugePages }] : [];
  },
});
