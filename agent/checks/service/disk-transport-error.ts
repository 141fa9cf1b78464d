import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const diskTransportError = defineCheck({
  id: 'service-disk-transport-error',
  area: 'service',
  title: { zh: '磁盘链路或控制器错误', en: 'Disk link or controller errors' },
  why: {
    zh: '线缆、背板或控制器有问题，磁盘会短暂消失，阵列可能降级。',
    en: 'A cable, backplane or controller is faulty: disks may disappear briefly and arrays may become degraded.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep -E "ata[0-9]|sd [0-9]|nvme"` 确认设备；检查线缆、背板、HBA 卡与固件，虚拟机检查后端存储的时延。',
    en: 'Run `journalctl -k --since -24h | grep -E "ata[0-9]|sd [0-9]|nvme"` to identify the device; check cables, backplane, HBA and firmware or, for virtual machines, the latency of the backend storage.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: resets and timeouts of ATA, SCSI and NVMe stall I/O for seconds and precede I/O errors',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['ata-error', 'scsi-error', 'nvme-timeout'], { warning: warningCount });
  },
});
