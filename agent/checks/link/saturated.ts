import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const linkSaturated = defineCheck({
  id: 'link-saturated',
  area: 'link',
  title: { zh: '网卡带宽接近饱和', en: 'Network interface close to bandwidth saturation' },
  why: { zh: '带宽已满，所有经过它的业务互相拖慢并丢包。', en: 'The bandwidth is used up: all services sharing the interface slow each other down and lose packets.' },
  remedy: {
    zh: '执行 `sar -n DEV 1 5` 确认方向，用 `ss -tinp` 或 `iftop -i <网卡>` 找出流量来源；把备份、镜像分发等大流量错峰或限速，或升级网卡、增加 bond 成员。',
    en: 'Run `sar -n DEV 1 5` to confirm the direction, and `ss -tinp` or `iftop -i <interface>` to find the source of the traffic; reschedule or throttle heavy traffic such as backups and image distribution, or upgrade the interface or add bond members.',
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
