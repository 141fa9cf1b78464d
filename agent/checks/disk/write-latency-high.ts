import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskWriteLatencyHigh = defineCheck({
  id: 'disk-write-latency-high',
  area: 'disk',
  title: { zh: '磁盘写时延过高', en: 'High disk write latency' },
  why: {
    zh: '数据库提交和 etcd 落盘都等它：事务变慢，etcd 甚至会重新选主。',
    en: 'Database commits and etcd writes wait for the disk: transactions slow down, and etcd may even elect a new leader.',
  },
  remedy: {
    zh: '执行 `iostat -x 1 5` 查看 w_await，并用 `smartctl -a <设备>` 检查磁盘健康；检查 RAID 卡缓存与存储网络，把时延敏感的业务（如 etcd、数据库）移到 SSD。',
    en: 'Run `iostat -x 1 5` to check w_await and `smartctl -a <device>` to check disk health; check the RAID controller cache and the storage network, and move latency-sensitive services such as etcd and databases to SSDs.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'milliseconds',
  threshold: { warningMs: 100, minimumPerSecond: 5 },
  source: 'awesome-prometheus-alerts HostUnusualDiskWriteLatency (100 ms); single operations of an idle disk are left out by practice',

  evaluate({ disks }, { warningMs, minimumPerSecond }, { host }) {
    return judgeRows(disks.devices, { kind: 'Disk', host, missing: 'no-history' }, ({ writeLatencyMs, writesPerSecond }) => {
      if (writesPerSecond === undefined) return undefined;
      return writeLatencyMs === undefined || writesPerSecond < minimumPerSecond ? [] : above(writeLatencyMs, { warning: warningMs });
    });
  },
});
