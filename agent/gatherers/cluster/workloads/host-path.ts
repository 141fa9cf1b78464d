/** Which host paths hand the node over to a container. */

/** These and everything below them. Sources: Polaris hostPathSet, Kubescape C-0045/C-0048, CIS Kubernetes Benchmark 5.2.12. */
const SENSITIVE_TREES = [
  '/etc',
  '/root',
  '/boot',
  '/proc',
  '/sys',
  '/home',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/var/lib/kubelet',
  '/var/lib/etcd',
  '/var/lib/docker',
  '/var/lib/containerd',
  '/var/lib/rancher',
  '/var/spool/cron',
];
/** Only these themselves: what lies below is often harmless. */
const SENSITIVE_FOLDERS = new Set(['/', '/var', '/var/lib', '/usr', '/usr/local', '/opt', '/dev']);
/** Whoever may talk to the runtime rules the node; read-only mounts do not hinder that. */
const RUNTIME_SOCKETS = /^(\/var)?\/run(\/(docker(\.sock|\/containerd)?|containerd|crio|cri-dockerd\.sock|k3s|dockershim\.sock|podman))?(\/[a-z.]{0,40})?$/;
/** Time zone files, which half of all workloads mount. */
const HARMLESS = /^\/etc\/(localtime|timezone)$|^\/usr\/share\/zoneinfo(\/|$)/;

/** @param readOnly whether every container mounts it read-only */
export function isSensitiveHostPath(path: string, readOnly: boolean): boolean {
  const clean = path
    .slice(0, 4_096)
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1');
  if (HARMLESS.test(clean)) return false;
  if (RUNTIME_SOCKETS.test(clean)) return true;
  if (readOnly) return false;
  return SENSITIVE_FOLDERS.has(clean) || SENSITIVE_TREES.some((tree) => clean === tree || clean.startsWith(`${tree}/`));
}
