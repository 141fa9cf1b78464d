/** What makes a host a Kubernetes node or an etcd host. Files decide, not processes: a kubelet of a kind cluster runs in a container. */
import type { Host } from '../../../host/host.ts';
import { AbsentError } from '../../gatherer.ts';

/** A client machine has `/etc/kubernetes/admin.conf` at most; these only a node has. */
const NODE_TRACES = [
  '/var/lib/kubelet',
  '/etc/kubernetes/manifests',
  '/etc/kubernetes/kubelet.conf',
  '/etc/kubernetes/pki',
  '/var/lib/rancher/k3s/agent',
  '/var/lib/rancher/rke2/agent',
];
const ETCD_TRACES = ['/etc/etcd.env', '/etc/etcd', '/etc/ssl/etcd', '/var/lib/etcd', '/opt/etcd'];

async function hasAny(host: Host, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (await host.exists(path)) return true;
  return false;
}

/** @throws AbsentError `not-a-node` */
export async function requireNode(host: Host): Promise<void> {
  if (!(await hasAny(host, NODE_TRACES))) throw new AbsentError('not-a-node');
}

/**
 * For what an etcd host without a kubelet has too.
 * @throws AbsentError `not-a-node` when the host is neither
 */
export async function requireNodeOrEtcd(host: Host): Promise<void> {
  if (!(await hasAny(host, [...NODE_TRACES, ...ETCD_TRACES]))) throw new AbsentError('not-a-node');
}
