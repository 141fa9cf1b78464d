/** What a pod template may do to its node, by the Pod Security Standards (1.35) and the rules of KubeEye, Polaris and Kubescape. */
import { boolAt, type Json, listAt, numberAt, objectAt, textAt } from '../../../kube/read.ts';
import { isSensitiveHostPath } from './host-path.ts';

/** Each of these is as good as root on the node. */
const HIGH_CAPABILITIES = new Set(['ALL', 'SYS_ADMIN', 'NET_ADMIN', 'SYS_MODULE', 'SYS_PTRACE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF', 'MAC_ADMIN', 'MAC_OVERRIDE']);
/** Pod Security Standards, baseline: what may be added. */
const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
/** Pod Security Standards, baseline: sysctls that stay inside the pod. */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
]);
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export interface SecurityFacts {
  privileged: number;
  privilegeEscalation: number;
  mayRunAsRoot: number;
  highCapabilities: number;
  addedCapabilities: number;
  capabilitiesKept: number;
  writableRoot: number;
  seccompUnset: number;
  seccompUnconfined: number;
  appArmorUnconfined: number;
  procUnmasked: number;
  hostPorts: number;
  hostNetwork: boolean;
  hostPid: boolean;
  hostIpc: boolean;
  hostPaths: number;
  sensitiveHostPaths: number;
  unsafeSysctls: number;
}

/** @param template a PodTemplateSpec: `{metadata, spec}` */
export function securityFacts(template: Json): SecurityFacts {
  const spec = objectAt(template, 'spec');
  const pod = objectAt(spec, 'securityContext');
  const facts: SecurityFacts = {
    privileged: 0,
    privilegeEscalation: 0,
    mayRunAsRoot: 0,
    highCapabilities: 0,
    addedCapabilities: 0,
    capabilitiesKept: 0,
    writableRoot: 0,
    seccompUnset: 0,
    seccompUnconfined: 0,
    appArmorUnconfined: 0,
    procUnmasked: 0,
    hostPorts: 0,
    hostNetwork: spec['hostNetwork'] === true,
    hostPid: spec['hostPID'] === true,
    hostIpc: spec['hostIPC'] === true,
    hostPaths: 0,
    sensitiveHostPaths: 0,
    unsafeSysctls: 0,
  };
  const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
  const annotations = objectAt(template, 'metadata', 'annotations');
  for (const container of containers) addContainer(facts, container, pod, annotations);
  for (const sysctl of listAt(pod, 'sysctls')) if (!SAFE_SYSCTLS.has(textAt(sysctl, 'name') ?? '')) facts.unsafeSysctls += 1;
  addHostPaths(facts, spec, containers);
  return facts;
}

function addContainer(facts: SecurityFacts, container: unknown, pod: Json, annotations: Json): void {
  const own = objectAt(container, 'securityContext');
  if (own['privileged'] === true) facts.privileged += 1;
  if (own['allowPrivilegeEscalation'] !== false) facts.privilegeEscalation += 1;
  if (mayRunAsRoot(own, pod)) facts.mayRunAsRoot += 1;
  if (own['readOnlyRootFilesystem'] !== true) facts.writableRoot += 1;
  if (own['procMount'] === 'Unmasked') facts.procUnmasked += 1;
  addCapabilities(facts, own);

  const seccomp = textAt(own, 'seccompProfile', 'type') ?? textAt(pod, 'seccompProfile', 'type');
  if (seccomp === undefined) facts.seccompUnset += 1;
  else if (seccomp === 'Unconfined') facts.seccompUnconfined += 1;
  const appArmor = textAt(own, 'appArmorProfile', 'type') ?? textAt(pod, 'appArmorProfile', 'type') ?? annotations[APPARMOR_ANNOTATION + (textAt(container, 'name') ?? '')];
  if (appArmor === 'Unconfined' || appArmor === 'unconfined') facts.appArmorUnconfined += 1;
  for (const port of listAt(container, 'ports')) if ((numberAt(port, 'hostPort') ?? 0) > 0) facts.hostPorts += 1;
}

/** Runs as root unless something says otherwise: the image's own user is not known here, so only the template counts. */
function mayRunAsRoot(own: Json, pod: Json): boolean {
  if ((boolAt(own, 'runAsNonRoot') ?? boolAt(pod, 'runAsNonRoot')) === true) return false;
  return (numberAt(own, 'runAsUser') ?? numberAt(pod, 'runAsUser') ?? 0) === 0;
}

function addCapabilities(facts: SecurityFacts, own: Json): void {
  const added = listAt(own, 'capabilities', 'add').map(capability);
  if (added.some((name) => HIGH_CAPABILITIES.has(name))) facts.highCapabilities += 1;
  if (added.some((name) => !HIGH_CAPABILITIES.has(name) && !BASELINE_CAPABILITIES.has(name))) facts.addedCapabilities += 1;
  if (!listAt(own, 'capabilities', 'drop').map(capability).includes('ALL')) facts.capabilitiesKept += 1;
}
function capability(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 64).toUpperCase().replace(/^CAP_/, '') : '';
}

function addHostPaths(facts: SecurityFacts, spec: Json, containers: readonly unknown[]): void {
  for (const volume of listAt(spec, 'volumes')) {
    const path = textAt(volume, 'hostPath', 'path');
    if (path === undefined) continue;
    facts.hostPaths += 1;
    const name = textAt(volume, 'name');
    const mounts = containers.flatMap((container) => listAt(container, 'volumeMounts')).filter((mount) => textAt(mount, 'name') === name);
    if (
      mounts.length > 0 &&
      isSensitiveHostPath(
        path,
        mounts.every((mount) => boolAt(mount, 'readOnly') === true),
      )
    )
      facts.sensitiveHostPaths += 1;
  }
}
