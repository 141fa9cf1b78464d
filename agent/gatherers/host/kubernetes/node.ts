/** Gatherers of this bundle are absent where the host is no Kubernetes node, or no etcd host. */
import type { Host } from '../../../host/host.ts';
import { hasAny, isKubernetesNode } from '../../../host/kubernetes-node.ts';
import { AbsentError } from '../../gatherer.ts';

const ETCD_TRACES = ['/etc/etcd.env', '/etc/etcd', '/etc/ssl/etcd', '/var/lib/etcd', '/opt/etcd'];

/** @throws AbsentError `not-a-node` */
export async function requireNode(host: Host): Promise<void> {
  if (!(await isKubernetesNode(host))) throw new AbsentError('not-a-node');
}

/**
 * For what an etcd host without a kubelet has too.
 * @throws AbsentError `not-a-node` when the host is neither
 */
export async function requireNodeOrEtcd(host: Host): Promise<void> {
  if (!(await isKubernetesNode(host)) && !(await hasAny(host, ETCD_TRACES))) throw new AbsentError('not-a-node');
}
