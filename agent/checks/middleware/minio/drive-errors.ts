import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const minioDriveErrors = defineCheck({
  id: 'minio-drive-errors',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 磁盘出现 I/O 错误或超时', en: 'MinIO drive I/O errors or timeouts' },
  why: { zh: '磁盘正在失效，请求变慢，失效后冗余减少。', en: 'The drive is failing: requests slow down, and redundancy is reduced once it is lost.' },
  remedy: {
    zh: '执行 `dmesg -T` 与 `smartctl -a <设备>` 查看该节点磁盘；更换出错的磁盘。',
    en: 'Run `dmesg -T` and `smartctl -a <device>` on the affected node; replace the faulty drive.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source:
    'MinIO documentation, "Metrics version 2": minio_node_drive_errors_timeout, minio_node_drive_errors_ioerror; practice: any a day, since the inspection before, else since the start',

  evaluate({ middlewareMinio: { members } }, { warningCount }) {
    return judgeInstances(members, ({ driveErrors, uptimeSeconds, recentDriveErrors, recentSeconds }) =>
      told(perDay(driveErrors, uptimeSeconds, recentDriveErrors, recentSeconds), (count) => above(count, { warning: warningCount })),
    );
  },
});
