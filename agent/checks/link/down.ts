import { defineCheck, notApplicable, unknown } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const linkDown = defineCheck({
  id: 'link-down',
  area: 'link',
  title: { zh: 'bond 成员网卡断开', en: 'Bond member interface down' },
  why: {
    zh: '主机少了一条上联，冗余或带宽减半，再断一条就可能脱网。',
    en: 'The host has lost an uplink: redundancy is lost or bandwidth halved, and another failure may cut it off from the network.',
  },
  remedy: {
    zh: '执行 `ip link show <网卡>` 与 `ethtool <网卡>` 确认；检查网线、光模块和交换机端口，恢复后用 `cat /proc/net/bonding/<bond>` 复核。',
    en: 'Run `ip link show <interface>` and `ethtool <interface>` to confirm; check the cable, transceiver and switch port, then verify recovery with `cat /proc/net/bonding/<bond>`.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'count',
  threshold: {},
  source: 'node-mixin NodeBondingDegraded, per member',

  evaluate({ interfaces }, _threshold, { host }) {
    if (!interfaces.attributesVisible) return unknown('not-visible');
    const rows = interfaces.interfaces.filter(({ bondSlave }) => bondSlave === true);
    if (rows.length === 0) return notApplicable('not-in-use');
    return judgeRows(rows, { kind: 'Interface', host, missing: 'not-reported' }, ({ enabled, carrier }) => {
      if (carrier === false || enabled === false) return [{}];
      return carrier === undefined ? undefined : [];
    });
  },
});
