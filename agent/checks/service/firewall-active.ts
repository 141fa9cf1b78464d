import { defineCheck, notApplicable, unknown } from '../check.ts';

export const firewallActive = defineCheck({
  id: 'service-firewall-active',
  area: 'service',
  title: { zh: 'Kubernetes 节点上启用了主机防火墙', en: 'Host firewall active on a Kubernetes node' },
  why: {
    zh: '防火墙规则与 kube-proxy、网络插件互相冲突，Pod 与服务间歇不通。',
    en: 'Firewall rules conflict with kube-proxy and the network plugin, so pods and Services are intermittently unreachable.',
  },
  remedy: {
    zh: '执行 `systemctl status firewalld ufw nftables` 查看状态，并用 `firewall-cmd --list-all` 或 `ufw status` 核对规则；按平台要求停用，或放行全部组件、Pod 与 Service 网段。',
    en: 'Run `systemctl status firewalld ufw nftables` to check the state, and `firewall-cmd --list-all` or `ufw status` to check the rules; disable the firewall as required by the platform, or allow all components and the pod and Service networks.',
  },
  severity: 'warning',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'value',
  threshold: {},
  source: 'Rancher support review (firewalld, ufw); practice: services that only load nftables or iptables rules are info',

  evaluate({ hostSecurity: { kubernetesNode, firewalls } }) {
    if (kubernetesNode === undefined || firewalls === undefined) return unknown();
    if (!kubernetesNode) return notApplicable('not-a-node');
    const managed = firewalls.find((firewall) => firewall === 'firewalld' || firewall === 'ufw');
    if (managed !== undefined) return [{ observed: managed }];
    return firewalls[0] === undefined ? [] : [{ observed: firewalls[0], severity: 'info' }];
  },
});
