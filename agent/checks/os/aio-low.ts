import { defineCheck } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const aioLow = defineCheck({
  id: 'os-aio-low',
  area: 'os',
  title: { zh: '异步 I/O 请求上限过低', en: 'Asynchronous I/O request limit too low' },
  why: {
    zh: '异步 I/O 请求用完后，数据库会报错或退回同步读写，吞吐骤降。',
    en: 'Once the limit is reached, databases report errors or fall back to synchronous I/O, and throughput drops sharply.',
  },
  remedy: {
    zh: '执行 `sysctl fs.aio-max-nr fs.aio-nr` 查看上限与用量；在 `/etc/sysctl.d/` 中调高 `fs.aio-max-nr`，不足时数据库会退回同步 I/O 或启动失败。',
    en: 'Run `sysctl fs.aio-max-nr fs.aio-nr` to check the limit and current usage; raise `fs.aio-max-nr` in `/etc/sysctl.d/`. If it is too low, databases fall back to synchronous I/O or fail to start.',
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
