import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskReadLatencyHigh = defineCheck({
  id: 'disk-read-latency-high',
  area: 'disk',
  title: { zh: '磁盘读时延过高', en: 'High disk read latency' },
  why: {
    zh: '查询和应用启动都在等磁盘，用户感到卡顿；也可能是磁盘即将损坏。',
    en: 'Queries and application startup wait for the disk, and users notice delays; the disk may also be about to fail.',
  },
  remedy: {
    zh: '执行 `iostat -x 1 5` 查看 r_await，并用 `smartctl -a <设备>` 检查磁盘健康；检查 RAID 卡缓存与存储网络，把时延敏感的业务（如 etcd、数据库）移到 SSD。',
    en: 'Run `iostat -x 1 5` to check r_await and `smartctl -a <device>` to check disk health; check the RAID controller cache and the storage network, and move latency-sensitive services such as etcd and databases to SSDs.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'milliseconds',
  threshold: { warningMs: 100, minimumPerSecond: 5 },
  source: 'awesome-prometheus-alerts HostUnusualDiskReadLatency (100 ms); single operations of an idle disk are left out by practice',

  evaluate({ disks }, { warningMs, minimumPerSecond }, { host }) {
    return judgeRows(disks.devices, { kind: 'Disk', host, missing: 'no-history' }, ({ readLatencyMs, readsPerSecond }) => {
      if (readsPerSecond === undefined) return undefined;
      return readLatencyMs === undefined || readsPerSecond < minimumPerSecond ? [] : above(readLatencyMs, { warning: warningMs });
    });
  },
});
