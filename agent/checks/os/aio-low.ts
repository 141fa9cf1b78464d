import { defineCheck, notApplicable, unknown } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const aioLow = defineCheck({
  id: 'os-aio-low',
  area: 'os',
  title: { zh: '异步 I/O 请求上限过低', en: 'Too few asynchronous I/O requests' },
  remedy: {
    zh: '执行 `sysctl fs.aio-max-nr fs.aio-nr` 查看上限与用量；在 `/etc/sysctl.d/` 中调高 `fs.aio-max-nr`，不足时数据库会退回同步 I/O 或启动失败。',
    en: 'Run `sysctl fs.aio-max-nr fs.aio-nr` to see limit and use; raise `fs.aio-max-nr` below `/etc/sysctl.d/`: when it runs out, databases fall back to synchronous I/O or fail to start.',
  },
  severity: 'info',
  reads: ['sysctls', 'processes'],
  unit: 'count',
  threshold: { minimumCount: 262_144, programs: ['mysql', 'postgresql', 'oracle', 'dameng', 'kingbase', 'gaussdb', 'oceanbase', 'tidb', 'clickhouse'] },
  source: 'KubeKey: 262144; matters where a database runs',

  evaluate({ sysctls, processes }, { minimumCount, programs }) {
    if (processes.programs === undefined) return unknown('not-visible');
    if (!processes.programs.some((running) => programs.includes(running))) return notApplicable();
    return sysctlAtLeast(sysctls, 'fs.aio-max-nr', minimumCount);
  },
});
