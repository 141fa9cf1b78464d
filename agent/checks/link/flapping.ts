import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

const SECONDS_PER_MINUTE = 60;

export const linkFlapping = defineCheck({
  id: 'link-flapping',
  area: 'link',
  title: { zh: '网卡链路反复通断', en: 'Network interface link flapping' },
  why: { zh: '每次通断都会中断连接并触发切换，业务看到阵发的超时。', en: 'Every flap breaks connections and triggers a failover, causing bursts of timeouts.' },
  remedy: {
    zh: '执行 `dmesg -T | grep -iE "link (is )?(up|down)"` 查看通断时间；更换网线或光模块，核对交换机端口的自协商与节能设置。',
    en: 'Run `dmesg -T | grep -iE "link (is )?(up|down)"` to see when it happened; replace the cable or transceiver, and check autonegotiation and power saving on the switch port.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'count',
  threshold: { warningCount: 12, sampleCount: 2 },
  source: 'kube-prometheus NodeNetworkInterfaceFlapping (> 2 changes in 2 min), here within the sample; 12 changes a day on average since boot by practice',

  evaluate({ interfaces: { attributesVisible, interfaces, sampleSeconds = 0 } }, { warningCount, sampleCount }, { host }) {
    if (!attributesVisible) return unknown('not-visible');
    const rows = interfaces.filter(({ type, enabled }) => enabled !== false && (type === 'physical' || type === 'paravirtual' || type === 'bond'));
    return judgeRows(rows, { kind: 'Interface', host, missing: 'not-reported' }, ({ carrierChangesPerDay, carrierChangesPerMinute = 0 }) => {
      const now = above(Math.round((carrierChangesPerMinute * sampleSeconds) / SECONDS_PER_MINUTE), { warning: sampleCount });
      if (now.length > 0) return now;
      return carrierChangesPerDay === undefined ? undefined : above(carrierChangesPerDay, { warning: warningCount });
    });
  },
});
