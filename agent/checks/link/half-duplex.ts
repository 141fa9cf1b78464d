import { defineCheck, notApplicable, unknown } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const linkHalfDuplex = defineCheck({
  id: 'link-half-duplex',
  area: 'link',
  title: { zh: '网卡工作在半双工模式', en: 'Network interface in half-duplex mode' },
  why: { zh: '收发不能同时进行，冲突使吞吐远低于标称值。', en: 'The interface cannot send and receive at once; collisions keep throughput far below nominal.' },
  remedy: {
    zh: '执行 `ethtool <网卡> | grep -E "Duplex|Auto-negotiation"` 确认；让网卡与交换机端口都使用自协商，更换网线后复核。',
    en: 'Run `ethtool <interface> | grep -E "Duplex|Auto-negotiation"` to confirm; enable autonegotiation on both the interface and the switch port, replace the cable and check again.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'count',
  threshold: {},
  source: 'practice: half duplex on a switched network is a failed negotiation and causes collisions',

  evaluate({ interfaces }, _threshold, { host }) {
    if (!interfaces.attributesVisible) return unknown('not-visible');
    const rows = interfaces.interfaces.filter(({ type, carrier }) => type === 'physical' && carrier === true);
    if (rows.length === 0) return notApplicable('not-present');
    return judgeRows(rows, { kind: 'Interface', host, missing: 'not-reported' }, ({ duplex }) => {
      if (duplex === 'half') return [{}];
      return duplex === 'full' ? [] : undefined;
    });
  },
});
