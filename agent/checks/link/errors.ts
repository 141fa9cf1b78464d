import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const linkErrors = defineCheck({
  id: 'link-errors',
  area: 'link',
  title: { zh: '网卡收发错误过多', en: 'Too many errors on a network interface' },
  why: {
    zh: '线缆、光模块或端口有问题，报文损坏后重传，链路可能随时中断。',
    en: 'A cable, transceiver or port is faulty: packets are corrupted and retransmitted, and the link may go down at any time.',
  },
  remedy: {
    zh: '执行 `ethtool -S <网卡> | grep -iE "err|crc"` 与 `ip -s link show <网卡>` 判断错误类型；更换网线或光模块，核对交换机端口的双工与速率，升级驱动。',
    en: 'Run `ethtool -S <interface> | grep -iE "err|crc"` and `ip -s link show <interface>` to determine the type of error; replace the cable or transceiver, check duplex and speed on the switch port, and update the driver.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'percent',
  threshold: { warningPercent: 1, minimumPerSecond: 10 },
  source: 'node-mixin NodeNetworkReceiveErrs and NodeNetworkTransmitErrs (1 %); quieter links are left out by practice',

  evaluate({ interfaces }, { warningPercent, minimumPerSecond }, { host }) {
    // A bond counts what its members count: the cable is a member's.
    const hasMembers = interfaces.interfaces.some(({ bondSlave }) => bondSlave);
    const rows = interfaces.interfaces.filter(({ type }) => type !== 'bond' || !hasMembers);
    return judgeRows(rows, { kind: 'Interface', host, missing: 'no-history' }, ({ errorPercent, packetsPerSecond }) => {
      if (errorPercent === undefined || packetsPerSecond === undefined) return undefined;
      return packetsPerSecond < minimumPerSecond ? [] : above(errorPercent, { warning: warningPercent });
    });
  },
});
