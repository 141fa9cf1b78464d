import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const timeOffsetHigh = defineCheck({
  id: 'service-time-offset-high',
  area: 'service',
  title: { zh: '时钟与时间源偏差过大', en: 'Large clock offset from the time source' },
  why: {
    zh: '证书校验、令牌、分布式数据库和日志对时都会出错，集群成员可能互不信任。',
    en: 'Certificate validation, tokens, distributed databases and log timestamps fail; cluster members may reject each other.',
  },
  remedy: {
    zh: '执行 `chronyc tracking` 或 `timedatectl timesync-status` 查看偏差；检查时间服务是否能到达时间源，偏差消除前不要重启 etcd 等对时间敏感的服务。',
    en: 'Run `chronyc tracking` or `timedatectl timesync-status` to check the offset; check that the time service can reach its sources, and do not restart etcd or other time-sensitive services until the offset is eliminated.',
  },
  severity: 'warning',
  reads: ['timeSync'],
  unit: 'milliseconds',
  threshold: { warningMs: 50, criticalMs: 500 },
  source: 'node-mixin NodeClockSkewDetected (50 ms); practice: critical at 500 ms, ten times that',

  evaluate({ timeSync: { offsetMs, roundTripMs = 0, sourcesAsked } }, { warningMs, criticalMs }) {
    if (offsetMs === undefined) return sourcesAsked === 0 ? unknown() : unknown('unreachable');
    // A slow way to the source may be all on one side: half the round trip is not proven to be an offset.
    const provenMs = Math.max(0, Math.abs(offsetMs) - roundTripMs / 2);
    const violations = above(provenMs, { warning: warningMs, critical: criticalMs });
    if (violations.length === 0 && Math.abs(offsetMs) >= warningMs) return unknown();
    return violations.map((violation) => ({ ...violation, observed: offsetMs }));
  },
});
