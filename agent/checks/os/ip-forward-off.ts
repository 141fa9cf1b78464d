import { defineCheck, notApplicable } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const ipForwardOff = defineCheck({
  id: 'os-ip-forward-off',
  area: 'os',
  title: { zh: '节点未开启 IPv4 转发', en: 'IPv4 forwarding disabled on a node' },
  why: { zh: '节点不转发报文：该节点上的 Pod 与其他节点、与外部都不通。', en: 'The node does not forward packets: its pods can reach neither other nodes nor external networks.' },
  remedy: {
    zh: '执行 `sysctl net.ipv4.ip_forward` 查看当前值；在 `/etc/sysctl.d/` 中设为 1，执行 `sysctl --system` 使其生效，并找出是哪份安全基线把它改回 0：关闭后 Pod 的跨节点流量会中断。',
    en: 'Run `sysctl net.ipv4.ip_forward` to check the current value; set it to 1 in `/etc/sysctl.d/`, apply it with `sysctl --system`, and find out which hardening baseline reset it to 0. Without forwarding, pod traffic between nodes is interrupted.',
  },
  severity: 'critical',
  reads: ['machine', 'sysctls'],
  unit: 'value',
  threshold: { expectedValue: 1 },
  source: 'KubeKey, Kubespray and kubeadm preflight: 1 on Kubernetes nodes',

  evaluate({ machine, sysctls }, { expectedValue }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlIs(sysctls, 'net.ipv4.ip_forward', expectedValue);
  },
});
