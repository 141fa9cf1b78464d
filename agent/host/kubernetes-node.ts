/** What makes a host a Kubernetes node. Files decide, not processes: a kubelet of a kind cluster runs in a container. */
import type { Host } from './host.ts';

/** Files or folders that only a kubelet makes. The folder `/var/lib/kubelet` itself stays after `kubeadm reset`. */
const KUBELET_TRACES = [
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/pods',
  '/var/lib/kubelet/pki',
  '/var/lib/kubelet/kubeconfig',
  '/etc/kubernetes/kubelet.conf',
  '/etc/kubernetes/manifests',
  '/etc/kubernetes/pki',
  '/etc/kubernetes/kubelet.env',
  '/var/lib/rancher/k3s/agent',
  '/var/lib/rancher/rke2/agent',
  '/var/lib/k0s/kubelet',
  '/sys/fs/cgroup/kubepods.slice',
  '/sys/fs/cgroup/kubepods',
  '/sys/fs/cgroup/memory/kubepods.slice',
  '/sys/fs/cgroup/memory/kubepods',
] as const;

export async function isKubernetesNode(host: Host): Promise<boolean> {
  return host.kubernetesNode || (await hasAny(host, KUBELET_TRACES));
}

export async function hasAny(host: Host, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (await host.exists(path)) return true;
  return false;
}
