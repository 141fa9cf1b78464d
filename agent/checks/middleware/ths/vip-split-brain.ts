import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const thsVipSplitBrain = defineCheck({
  id: 'ths-vip-split-brain',
  area: 'middleware',
  product: 'ths',
  group: 'load',
  title: { zh: 'TongHttpServer 虚拟地址脑裂：多台主机同时持有', en: 'TongHttpServer virtual IP split brain across several hosts' },
  why: {
    zh: '请求随机落到其中一台：会话丢失、两边配置不一，故障时也不会正常切换。',
    en: 'Requests reach one of the hosts at random: sessions are lost, configurations may differ, and failover does not work properly.',
  },
  remedy: {
    zh: '在每台节点执行 `ip -brief address` 查看虚拟地址；若多台持有，放行节点间的 VRRP（IP 协议号 112、组播 224.0.0.18）并核对 virtual_router_id 与口令；若仅一台持有，检查对端防火墙是否静默丢弃来自虚拟地址的连接。',
    en: 'Run `ip -brief address` on every node to find the virtual IP; if several nodes hold it, allow VRRP between them (IP protocol 112, multicast 224.0.0.18) and compare virtual_router_id and password; if only one does, check whether a firewall on the peer silently drops connections from the virtual IP.',
  },
  severity: 'critical',
  reads: ['middlewareThs'],
  unit: 'count',
  threshold: {},
  source: 'TongHttpServer FAQ: VRRP blocked by a firewall makes every node own the VIP',

  evaluate({ middlewareThs: { rows } }) {
    return judgeInstances(rows, ({ vips, vipsHeld, vipPeersHolding }) => {
      if (vips === undefined) return 'other';
      if (vipsHeld === 0) return []; // another host's matter: that one says so
      if (vipsHeld === undefined || vipPeersHolding === undefined) return 'silent';
      return vipPeersHolding > 0 ? [{ observed: vipPeersHolding, threshold: 0 }] : [];
    });
  },
});
