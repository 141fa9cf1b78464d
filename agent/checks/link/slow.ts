import { defineCheck, notApplicable, unknown } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const linkSlow = defineCheck({
  id: 'link-slow',
  area: 'link',
  title: { zh: '网卡协商速率过低', en: 'Negotiated network interface speed too low' },
  why: {
    zh: '协商到低速，带宽只剩应有的几分之一，备份、复制和存储都会受限。',
    en: 'The interface has negotiated a fraction of its proper speed, which limits backups, replication and storage.',
  },
  remedy: {
    zh: '执行 `ethtool <网卡> | grep -E "Speed|Supported link modes"` 对比协商速率与能力；更换网线（百兆多为线序或劣质线），核对交换机端口配置。',
    en: 'Run `ethtool <interface> | grep -E "Speed|Supported link modes"` to compare negotiated and supported speeds; replace the cable (100 Mbit/s usually means wrong wiring or a poor cable) and check the switch port configuration.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'mbps',
  threshold: { minimumMbps: 1_000 },
  source: 'DaoCloud DCE deployment requirements: network cards of at least 1 Gbit/s',

  evaluate({ interfaces }, { minimumMbps }, { host }) {
    if (!interfaces.attributesVisible) return unknown('not-visible');
    const rows = interfaces.interfaces.filter(({ type, carrier }) => type === 'physical' && carrier === true);
    if (rows.length === 0) return notApplicable('not-present');
    return judgeRows(rows, { kind: 'Interface', host, missing: 'not-reported' }, ({ speedMbps }) => {
      if (speedMbps === undefined) return undefined;
      return speedMbps < minimumMbps ? [{ observed: speedMbps, threshold: minimumMbps }] : [];
    });
  },
});
