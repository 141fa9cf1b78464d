import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const transmitTimeout = defineCheck({
  id: 'service-transmit-timeout',
  area: 'service',
  title: { zh: '网卡发送队列超时', en: 'Network card transmit queue timeouts' },
  why: { zh: '网卡停止发送后被复位，期间所有连接中断数秒。', en: 'The card stopped transmitting and was reset, interrupting all connections for seconds.' },
  remedy: {
    zh: '执行 `ethtool -i <网卡>` 查看驱动与固件版本；升级驱动与固件，检查网卡硬件。',
    en: 'Run `ethtool -i <interface>` to check the driver and firmware versions; update both and check the network card hardware.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: the driver resets the card, all traffic of the node stops meanwhile',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['transmit-timeout'], { warning: warningCount });
  },
});
