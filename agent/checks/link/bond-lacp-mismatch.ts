import { defineCheck, notApplicable } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const linkBondLacpMismatch = defineCheck({
  id: 'link-bond-lacp-mismatch',
  area: 'link',
  title: { zh: 'LACP 聚合未与交换机协商成功', en: 'LACP not negotiated with the switch' },
  why: {
    zh: '聚合没有真正建立，带宽只有一半，部分流量可能被交换机丢弃。',
    en: 'The aggregation is not actually established: bandwidth is halved, and the switch may drop part of the traffic.',
  },
  remedy: {
    zh: '执行 `cat /proc/net/bonding/<bond>` 查看 Aggregator ID 与 Partner Mac Address；核对交换机侧的聚合组（LACP 模式、成员端口、跨设备聚合），使所有成员处于同一聚合组。',
    en: 'Run `cat /proc/net/bonding/<bond>` to check Aggregator ID and Partner Mac Address; verify the aggregation group on the switch (LACP mode, member ports, multi-chassis aggregation) so that all members belong to the same aggregator.',
  },
  severity: 'warning',
  setup: true,
  reads: ['bonds'],
  unit: 'count',
  threshold: {},
  source: 'kernel documentation of bonding, 802.3ad: members in other aggregators stay unused',

  evaluate({ bonds }, _threshold, { host }) {
    const rows = bonds.bonds.filter(({ mode }) => mode === '802.3ad');
    if (rows.length === 0) return notApplicable('not-in-use');
    return judgeRows(rows, { kind: 'Interface', host, missing: 'not-reported' }, ({ lacpAgreed }) => {
      if (lacpAgreed === undefined) return undefined;
      return lacpAgreed ? [] : [{}];
    });
  },
});
