import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebDiskLow = defineCheck({
  id: 'tongweb-disk-low',
  area: 'middleware',
  product: 'tongweb',
  group: 'resources',
  title: { zh: 'TongWeb 安装分区空间不足', en: 'Low disk space on TongWeb partition' },
  why: { zh: '写满后日志、会话和部署都会失败，服务可能停止。', en: 'Once it is full, logging, sessions and deployments fail, and the server may stop.' },
  remedy: {
    zh: '执行 `df -h <安装目录>` 查看；清理旧日志、转储与快照，或扩容。',
    en: 'Run `df -h <home>`; remove old logs, dumps and snapshots, or expand the partition.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'bytes',
  threshold: { minimumBytes: 21_474_836_480, criticalPercent: 10 },
  source: 'TongWeb 8 baseline item checkDiskSpaceThreshold: 20 GB free; 10 % is where writes begin to fail',

  evaluate({ middlewareTongweb: { rows } }, { minimumBytes, criticalPercent }) {
    return judgeInstances(rows, ({ installFreeBytes, installTotalBytes }) => {
      if (installFreeBytes === undefined || !installTotalBytes) return 'silent';
      const percent = (installFreeBytes / installTotalBytes) * 100;
      if (percent < criticalPercent) return [{ observed: installFreeBytes, threshold: minimumBytes, severity: 'critical' }];
      return installFreeBytes < minimumBytes ? [{ observed: installFreeBytes, threshold: minimumBytes }] : [];
    });
  },
});
