import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const linkSaturated = defineCheck({
  id: 'link-saturated',
  area: 'link',
  title: { zh: '网卡带宽接近饱和', en: 'Interface close to its bandwidth' },
  why: { zh: '带宽已满，所有经过它的业务互相拖慢并丢包。', en: 'The bandwidth is used up: everything that passes slows everything else, and packets are lost.' },
  remedy: {
    zh: '执行 `sar -n DEV 1 5` 确认方向，用 `ss -tinp` 或 `iftop -i <网卡>` 找出流量来源；把备份、镜像分发等大流量错峰或限速，或升级网卡、增加 bond 成员。',
    en: 'Confirm the direction with `sar -n DEV 1 5` and find the traffic with `ss -tinp` or `iftop -i <interface>`; move or limit backups and image distribution, or use a faster card or another bond member.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'awesome-prometheus-alerts HostNetworkInterfaceSaturated (80 %)',

  evaluate({ interfaces }, { warningPercent, criticalPercent }, { host }) {
    const rows = interfaces.interfaces.filter(({ type, speedMbps }) => speedMbps !== undefined && (type === 'physical' || type === 'bond'));
    if (rows.length === 0) return unknown('not-reported');
    return judgeRows(rows, { kind: 'Interface', host, missing: 'no-history' }, ({ saturationPercent }) =>
      saturationPercent === undefined ? undefined : above(saturationPercent, { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
