import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const linkBondUnmonitored = defineCheck({
  id: 'link-bond-unmonitored',
  area: 'link',
  title: { zh: 'bond 未启用链路监测', en: 'Bond without link monitoring' },
  why: { zh: '链路断开时不会切换，流量继续发往断掉的网卡而丢失。', en: 'A link failure triggers no failover, and traffic sent to the failed interface is lost.' },
  remedy: {
    zh: '执行 `cat /proc/net/bonding/<bond> | grep -i interval` 确认；在 bond 选项中设置 miimon=100，否则成员断开后流量不会切换。',
    en: 'Run `cat /proc/net/bonding/<bond> | grep -i interval` to confirm; set miimon=100 in the bond options, otherwise traffic does not fail over when a member goes down.',
  },
  severity: 'warning',
  setup: true,
  reads: ['bonds'],
  unit: 'count',
  threshold: {},
  source: 'kernel documentation of bonding: without miimon or arp_interval link failures are not detected',

  evaluate({ bonds }, _threshold, { host }) {
    return judgeRows(bonds.bonds, { kind: 'Interface', host, missing: 'not-reported' }, ({ monitored }) => (monitored ? [] : [{}]));
  },
});
