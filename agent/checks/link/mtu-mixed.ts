import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkMtuMixed = defineCheck({
  id: 'link-mtu-mixed',
  area: 'link',
  title: { zh: '同一主机物理网卡的 MTU 不一致', en: 'Inconsistent MTUs on physical interfaces of one host' },
  why: {
    zh: '大报文在某些路径上被丢弃：能 ping 通，传大文件或 TLS 握手却卡住。',
    en: 'Large packets are dropped on some paths: ping works, but large file transfers or TLS handshakes hang.',
  },
  remedy: {
    zh: '执行 `ip -o link` 对比各网卡的 MTU；属于同一网络的网卡应统一 MTU，并与交换机一致，否则大包会被丢弃或分片。',
    en: 'Run `ip -o link` to compare interface MTUs; interfaces on the same network should use the same MTU, matching the switch, otherwise large packets are dropped or fragmented.',
  },
  severity: 'info',
  setup: true,
  reads: ['interfaces'],
  unit: 'count',
  threshold: { infoCount: 2 },
  source: 'practice: a mixed MTU is only right where a storage network with jumbo frames is apart',

  evaluate({ interfaces }, { infoCount }) {
    if (!interfaces.attributesVisible) return unknown('not-visible');
    const rows = interfaces.interfaces.filter(({ type, carrier }) => (type === 'physical' || type === 'paravirtual') && carrier === true);
    const sizes = rows.flatMap(({ mtu }) => (mtu === undefined ? [] : [mtu]));
    if (sizes.length < rows.length || rows.length === 0) return unknown('not-reported');
    return above(new Set(sizes).size, { info: infoCount });
  },
});
