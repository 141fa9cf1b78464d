import { defineCheck, notApplicable } from '../check.ts';
import { sysctlUnknown } from '../sysctl.ts';

/** Kubernetes' default `service-node-port-range`. */
const FIRST_NODE_PORT = 30_000;
const LAST_NODE_PORT = 32_767;

export const nodePortsUnreserved = defineCheck({
  id: 'os-node-ports-unreserved',
  area: 'os',
  title: { zh: 'NodePort 未从本地端口范围中保留', en: 'NodePorts not reserved from the local port range' },
  why: {
    zh: '对外连接可能抢先占用 NodePort 端口，服务或组件偶发绑定失败。',
    en: 'Outgoing connections may take a NodePort first, so that services or components occasionally fail to bind to it.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports` 查看；在 `/etc/sysctl.d/` 中把 NodePort 范围加入 `ip_local_reserved_ports`，避免对外连接占用 Service 的端口。',
    en: 'Run `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports` to check the current values; add the NodePort range to `ip_local_reserved_ports` in `/etc/sysctl.d/`, so that outgoing connections do not take Service ports.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls'],
  unit: 'count',
  threshold: { allowedCount: 0 },
  source: 'KubeKey and Kubespray reserve 30000-32767',

  evaluate({ machine, sysctls }, { allowedCount }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    const low = sysctls.values['net.ipv4.ip_local_port_range.low'];
    const high = sysctls.values['net.ipv4.ip_local_port_range.high'];
    const reserved = sysctls.values['net.ipv4.ip_local_reserved_ports.node_ports'];
    if (low === undefined || high === undefined || reserved === undefined) return sysctlUnknown(sysctls, 'net.ipv4.ip_local_reserved_ports.node_ports');
    const shared = Math.max(0, Math.min(high, LAST_NODE_PORT) - Math.max(low, FIRST_NODE_PORT) + 1);
    const exposed = Math.max(0, shared - reserved);
    return exposed <= allowedCount ? [] : [{ observed: exposed, threshold: allowedCount }];
  },
});
