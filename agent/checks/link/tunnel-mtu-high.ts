import { defineCheck, notApplicable, unknown } from '../check.ts';
import { judgeRows } from '../rows.ts';

/** Bytes that the encapsulation adds over IPv4. */
const OVERHEAD = { vxlan: 50, geneve: 50, ipip: 20, gre: 24, sit: 20, wireguard: 60, other: 0 } as const;
/** Tunnels whose device MTU is what pods get; Cilium and Open vSwitch set it by route and show any number here. */
const SIZED = /^(flannel\..{1,8}|vxlan(-v6)?\.calico|tunl0|wireguard\.cali|wg-v6\.cali)$/;

export const linkTunnelMtuHigh = defineCheck({
  id: 'link-tunnel-mtu-high',
  area: 'link',
  title: { zh: '容器网络隧道的 MTU 大于底层网卡所能承载', en: 'Container tunnel MTU too large for the underlying interface' },
  why: {
    zh: '较大的报文被丢弃：小请求正常，大响应、上传或 TLS 握手卡住。',
    en: 'Larger packets are dropped: small requests work, but large responses, uploads or TLS handshakes hang.',
  },
  remedy: {
    zh: '执行 `ip -d link show <隧道网卡>` 与 `ip link` 对比；在 CNI 配置（Calico 的 veth_mtu、Flannel 的 net-conf）中把 MTU 设为底层网卡 MTU 减去封装开销，再滚动重启 CNI 与业务 Pod。',
    en: 'Run `ip -d link show <tunnel>` and `ip link` to compare MTUs; in the CNI configuration (Calico veth_mtu, Flannel net-conf), set the MTU to that of the underlying interface minus the encapsulation overhead, then perform a rolling restart of the CNI and application pods.',
  },
  severity: 'warning',
  setup: true,
  reads: ['interfaces'],
  unit: 'bytes',
  threshold: {},
  source: 'Calico documentation, MTU sizing: VXLAN 50, IP-in-IP 20, WireGuard 60 bytes below the network',

  evaluate({ interfaces }, _threshold, { host }) {
    if (!interfaces.attributesVisible) return unknown('not-visible');
    const tunnels = interfaces.interfaces.filter(({ name, enabled }) => SIZED.test(name) && enabled !== false);
    if (tunnels.length === 0) return notApplicable('not-in-use');
    const cards = interfaces.interfaces.filter(({ type, carrier }) => carrier !== false && (type === 'physical' || type === 'paravirtual' || type === 'bond' || type === 'vlan'));
    const largest = Math.max(0, ...cards.map(({ mtu = 0 }) => mtu));
    if (largest === 0) return unknown('not-reported');
    return judgeRows(tunnels, { kind: 'Interface', host, missing: 'not-reported' }, ({ mtu, tunnel = 'other' }) => {
      if (mtu === undefined) return undefined;
      const limit = largest - OVERHEAD[tunnel];
      return mtu > limit ? [{ observed: mtu, threshold: limit }] : [];
    });
  },
});
