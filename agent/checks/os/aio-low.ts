import { defineCheck } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const aioLow = defineCheck({
  id: 'os-aio-low',
  area: 'os',
  title: { zh: '异步 I/O 请求上限过低', en: 'Too few asynchronous I/O requests' },
  why: {
    zh: '异步 I/O 请求用完后，数据库会报错或退回同步读写，吞吐骤降。',
    en: 'When requests run out, databases fail with an error or fall back to synchronous I/O, and throughput collapses.',
  },
  remedy: {
    zh: '执行 `sysctl fs.aio-max-nr fs.aio-nr` 查看上限与用量；在 `/etc/sysctl.d/` 中调高 `fs.aio-max-nr`，不足时数据库会退回同步 I/O 或启动失败。',
    en: 'Run `sysctl fs.aio-max-nr fs.aio-nr` to see limit and use; raise `fs.aio-max-nr` below `/etc/sysctl.d/`: when it runs out, databases fall back to synchronous I/O or fail to start.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'count',
  threshold: { ...profileThreshold('fs.aio-max-nr', 'Count') },
  source: 'the profiles of the roles: 262144 where a database runs',

  evaluate(sections, threshold) {
    return judgeProfiledSysctl(sections, { parameter: 'fs.aio-max-nr', unit: 'Count', threshold });
  },
});
