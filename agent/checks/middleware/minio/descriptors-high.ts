import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioDescriptorsHigh = defineCheck({
  id: 'minio-descriptors-high',
  area: 'middleware',
  product: 'minio',
  group: 'resources',
  title: { zh: 'MinIO 文件描述符将耗尽', en: 'MinIO file descriptors nearly exhausted' },
  why: { zh: '用完后新的请求和磁盘文件都打不开，上传下载失败。', en: 'Once exhausted, new requests and files cannot be opened, and uploads and downloads fail.' },
  remedy: {
    zh: '执行 `cat /proc/$(pidof minio)/limits` 核对；将 LimitNOFILE 提高到 1048576。',
    en: 'Run `cat /proc/$(pidof minio)/limits` to check; raise LimitNOFILE to 1048576.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'awesome-prometheus-alerts (Prometheus): process_open_fds over process_max_fds; practice: 80 %',

  evaluate({ middlewareMinio: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ openFiles, openFilesLimit }) => {
      if (!openFilesLimit) return 'silent';
      return told(openFiles, (count) => above(Math.floor((count / openFilesLimit) * 100), { warning: warningPercent }));
    });
  },
});
