import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebListenerConnectionsHigh = defineCheck({
  id: 'tongweb-listener-connections-high',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 通道连接数接近上限', en: 'TongWeb listener connections close to the limit' },
  why: { zh: '达到上限后新连接被拒绝或排队，用户访问失败。', en: 'At the limit, new connections are refused or queued, and user access fails.' },
  remedy: {
    zh: '在控制台查看通道的 connectionCount；检查长连接与 keep-alive 超时，必要时提高 max-connections 并同步提高文件句柄数。',
    en: 'Check connectionCount of the listener in the console; check long-lived connections and the keep-alive timeout, and if necessary raise max-connections together with the open file limit.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'practice: 80 % / 95 % of max-connections, as for pools',

  evaluate({ middlewareTongweb: { rows, listeners } }, { warningPercent, criticalPercent }) {
    return judgeParts(rows, listeners, ({ use, connections, maxConnections }) =>
      use !== 'application'
        ? 'other'
        : connections === undefined || !maxConnections
          ? 'silent'
          : above(Math.round((connections / maxConnections) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
