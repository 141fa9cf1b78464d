import { defineCheck, notApplicable, unknown } from '../check.ts';

export const bridgeNetfilterOff = defineCheck({
  id: 'os-bridge-netfilter-off',
  area: 'os',
  title: { zh: '网桥流量不经过 iptables', en: 'Bridged traffic bypasses iptables' },
  why: {
    zh: '同节点 Pod 之间的流量绕过服务转发和网络策略：访问 Service 时断时续，隔离失效。',
    en: 'Traffic between pods on the same node bypasses Service forwarding and network policies: access to Services fails intermittently and isolation does not work.',
  },
  remedy: {
    zh: '执行 `sysctl net.bridge.bridge-nf-call-iptables net.bridge.bridge-nf-call-ip6tables` 查看当前值；在 `/etc/sysctl.d/` 中都设为 1，否则同节点 Pod 经 Service 的访问与网络策略会失效。',
    en: 'Run `sysctl net.bridge.bridge-nf-call-iptables net.bridge.bridge-nf-call-ip6tables` to check the current values; set both to 1 in `/etc/sysctl.d/`, otherwise Service access and network policies do not work between pods on the same node.',
  },
  severity: 'critical',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'value',
  threshold: { expectedValue: 1, exemptPrograms: ['cilium-agent'] },
  source: 'KubeKey, Kubespray and kubeadm preflight: 1 (CNIs on eBPF do not need it)',

  evaluate({ machine, sysctls, processes }, { expectedValue, exemptPrograms }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    if (processes.programs?.some((running) => exemptPrograms.includes(running))) return notApplicable();
    const v4 = sysctls.values['net.bridge.bridge-nf-call-iptables'];
    const v6 = sysctls.values['net.bridge.bridge-nf-call-ip6tables'];
    // Without br_netfilter the parameters do not exist; the check of modules speaks of that.
    if (v4 === undefined) return sysctls.hostNetwork ? notApplicable('not-present') : unknown('not-visible');
    if (v4 !== expectedValue && processes.programs === undefined) return unknown('not-visible');
    if (v4 !== expectedValue) return [{ observed: v4, threshold: expectedValue }];
    return v6 === undefined || v6 === expectedValue ? [] : [{ observed: v6, threshold: expectedValue, severity: 'warning' }];
  },
});
