import { defineCheck, unknown } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const machineIdShared = defineCheck({
  id: 'node-machine-id-shared',
  area: 'node',
  title: { zh: '多个节点的机器标识相同', en: 'Identical machine IDs on several nodes' },
  why: {
    zh: '克隆的虚拟机会保留相同的 machine-id 或 product_uuid：网络插件、DHCP 与日志把两台机器当作一台，Pod 网络可能中断。',
    en: 'Cloned virtual machines keep the same machine-id or product_uuid: network plugins, DHCP and logs treat two machines as one, and the pod network may fail.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -o custom-columns=NAME:.metadata.name,MACHINE:.status.nodeInfo.machineID,UUID:.status.nodeInfo.systemUUID` 找出相同的节点；machine-id 相同的，排空后在该节点删除 /etc/machine-id、执行 `systemd-machine-id-setup` 并重启；product_uuid 相同的，在虚拟化平台为虚拟机重新生成 UUID。',
    en: 'Run `kubectl get nodes -o custom-columns=NAME:.metadata.name,MACHINE:.status.nodeInfo.machineID,UUID:.status.nodeInfo.systemUUID` to find nodes with identical values. For a duplicate machine-id: drain the node, delete /etc/machine-id on it, run `systemd-machine-id-setup` and reboot. For a duplicate product_uuid: generate a new UUID for the virtual machine on the virtualisation platform.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'value',
  threshold: {},
  source: 'Kubernetes documentation, "Installing kubeadm": unique hostname, MAC address, and product_uuid for every node',

  evaluate({ nodes }) {
    if (nodes.rows.length > 0 && nodes.rows.every(({ sharedIds }) => sharedIds === undefined)) return unknown('not-visible'); // told by a later agent
    // Of both the product_uuid is told: whoever cloned the machine kept everything.
    return nodes.rows.flatMap(({ name, sharedIds = [] }) => {
      const observed = sharedIds.at(-1);
      return observed === undefined ? [] : [{ scope: nodeScope(name), observed }];
    });
  },
});
