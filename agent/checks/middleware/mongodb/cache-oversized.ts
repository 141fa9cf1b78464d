import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbCacheOversized = defineCheck({
  id: 'mongodb-cache-oversized',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 缓存设置过大', en: 'MongoDB cache too large' },
  why: { zh: '留给系统和连接的内存不足，可能被 OOM 终止。', en: 'Too little memory is left for the system and connections, and MongoDB may be OOM-killed.' },
  remedy: {
    zh: '执行 `db.hostInfo().system.memLimitMB` 与 `db.serverStatus().wiredTiger.cache` 比较；降低 storage.wiredTiger.engineConfig.cacheSizeGB，容器中按其内存限制计算。',
    en: 'Compare `db.hostInfo().system.memLimitMB` with `db.serverStatus().wiredTiger.cache`; lower storage.wiredTiger.engineConfig.cacheSizeGB, and in containers size it by the memory limit.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'percent',
  threshold: { warningPercent: 61 },
  source: 'MongoDB manual, "WiredTiger Storage Engine": half of the memory less 1 GB by default; practice: more than 60 % leaves the file cache and connections too little',

  evaluate({ middlewareMongodb: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ role, router, cacheMostBytes, memoryBytes }) => {
      if (role === 'arbiter' || router) return 'other';
      if (!memoryBytes) return 'silent';
      return told(cacheMostBytes, (bytes) => above(Math.floor((bytes / memoryBytes) * 100), { warning: warningPercent }));
    });
  },
});
