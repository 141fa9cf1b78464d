import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const linkFlapping = defineCheck({
  id: 'service-link-flapping',
  area: 'service',
  title: { zh: '网卡链路反复断开', en: 'Network interface link repeatedly down' },
  why: { zh: '每次断开都会中断连接，业务看到阵发的超时与切换。', en: 'Every drop breaks connections, causing bursts of timeouts and failovers.' },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep -i "link is down"` 确认网卡，再用 `ethtool -S <网卡>` 查看错误；更换线缆或光模块，检查交换机端口。',
    en: 'Run `journalctl -k --since -24h | grep -i "link is down"` to identify the interface, then `ethtool -S <interface>` to check for errors; replace the cable or transceiver and check the switch port.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 3 },
  source: 'kube-prometheus NodeNetworkInterfaceFlapping (> 2 changes), here over 24 h',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['link-down'], { warning: warningCount });
  },
});
