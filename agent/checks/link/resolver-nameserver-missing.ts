import { defineCheck } from '../check.ts';

export const linkResolverNameserverMissing = defineCheck({
  id: 'link-resolver-nameserver-missing',
  area: 'link',
  title: { zh: '主机未配置域名服务器', en: 'No name server configured' },
  why: {
    zh: '主机无法解析任何域名：拉镜像、对时、访问外部服务都会失败。',
    en: 'The host cannot resolve any names: image pulls, time synchronisation and access to external services all fail.',
  },
  remedy: {
    zh: '执行 `cat /etc/resolv.conf` 确认；在网络配置（NetworkManager、netplan 或 ifcfg）中设置一到两个可达的域名服务器。',
    en: 'Run `cat /etc/resolv.conf` to confirm; set one or two reachable name servers in the network configuration (NetworkManager, netplan or ifcfg).',
  },
  severity: 'critical',
  reads: ['resolver'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'DaoCloud DCE deployment requirements: 1–2 DNS servers on every node',

  evaluate({ resolver }, { minimumCount }) {
    return resolver.nameservers < minimumCount ? [{ observed: resolver.nameservers, threshold: minimumCount }] : [];
  },
});
