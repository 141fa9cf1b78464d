/** One node object → one row. */
import { at, boolAt, type Json, listAt, millicores, nameOf, objectAt, quantity, textAt, timeAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { MACHINE_IDS } from '../../../wire/sections/cluster/control-plane-nodes.ts';
import { toVersion } from '../../../wire/version.ts';
import { parseConditions } from './node-conditions.ts';
import { parseOsImage } from './node-os.ts';

export type Node = Sections['nodes']['rows'][number];

const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master', 'node-role.kubernetes.io/controlplane'];
const ZONE_LABELS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
/** The role's own taint; with `PreferNoSchedule` ordinary pods may still come. */
const ROLE_TAINT = /^node-role\.kubernetes\.io\/(control-plane|master|controlplane|etcd)$/;
/** Taints of the system: conditions, cordon, and the role's own. */
const SYSTEM_TAINT = /^(node\.kubernetes\.io\/|node\.cloudprovider\.kubernetes\.io\/|node-role\.kubernetes\.io\/(control-plane|master|controlplane|etcd)$|CriticalAddonsOnly$)/;
export function isControlPlane(node: Json): boolean {
  const labels = objectAt(node, 'metadata', 'labels');
  return CONTROL_PLANE_LABELS.some((label) => Object.hasOwn(labels, label)) || labels['kubernetes.io/role'] === 'master';
}
/** The zone's label value; stays inside the gatherer. */
export function zoneOf(node: Json): string | undefined {
  const labels = objectAt(node, 'metadata', 'labels');
  for (const key of ZONE_LABELS) if (typeof labels[key] === 'string' && labels[key] !== '') return labels[key];
  return undefined;
}

function taints(node: Json): Pick<Node, 'unschedulableSince' | 'unreachable' | 'uninitialized' | 'dedicated' | 'taints' | 'noExecuteTaints'> {
  let custom = 0;
  let noExecuteTaints = 0;
  let dedicated = false;
  const byKey = new Map<string, number | undefined>();
  for (const taint of listAt(node, 'spec', 'taints').slice(0, 200)) {
    const key = textAt(taint, 'key') ?? '';
    byKey.set(key, timeAt(taint, 'timeAdded'));
    if (ROLE_TAINT.test(key) && textAt(taint, 'effect') !== 'PreferNoSchedule') dedicated = true;
    if (SYSTEM_TAINT.test(key)) continue;
    custom += 1;
    if (textAt(taint, 'effect') === 'NoExecute') noExecuteTaints += 1;
  }
  return {
    unschedulableSince: byKey.get('node.kubernetes.io/unschedulable'),
    unreachable: byKey.has('node.kubernetes.io/unreachable'),
    uninitialized: byKey.has('node.cloudprovider.kubernetes.io/uninitialized'),
    dedicated,
    taints: custom,
    noExecuteTaints,
  };
}

function software(node: Json): Pick<Node, 'kubelet' | 'kubeletMinor' | 'kernel' | 'os' | 'osVersion' | 'runtime' | 'runtimeVersion' | 'architecture'> {
  const info = objectAt(node, 'status', 'nodeInfo');
  const kubelet = textAt(info, 'kubeletVersion');
  const minor = /^v?1\.(\d{1,3})\b/.exec(kubelet ?? '')?.[1];
  const runtime = /^([\w-]{1,32}):\/\/(.{0,64})/.exec(textAt(info, 'containerRuntimeVersion') ?? '');
  const architecture = textAt(info, 'architecture');
  return {
    kubelet: toVersion(kubelet),
    kubeletMinor: minor === undefined ? undefined : Number(minor),
    kernel: toVersion(textAt(info, 'kernelVersion')),
    ...parseOsImage(textAt(info, 'osImage') ?? ''),
    runtime: runtimeOf(runtime?.[1]),
    runtimeVersion: toVersion(runtime?.[2]),
    architecture: architecture === 'amd64' || architecture === 'arm64' ? architecture : 'other',
  };
}
function runtimeOf(scheme: string | undefined): Node['runtime'] {
  if (scheme === 'containerd' || scheme === 'docker' || scheme === 'cri-o') return scheme;
  return scheme?.toLowerCase() === 'isulad' || scheme?.toLowerCase() === 'isula' ? 'isulad' : 'other';
}

/** @param zone number of the node's zone, from 1 */
export function parseNode(node: Json, now: number, zone: number | undefined): Node {
  const capacity = objectAt(node, 'status', 'capacity');
  const allocatable = objectAt(node, 'status', 'allocatable');
  return {
    name: nameOf(node),
    role: isControlPlane(node) ? 'control-plane' : 'worker',
    createdAt: timeAt(node, 'metadata', 'creationTimestamp') ?? 0,
    ...parseConditions(node, now),
    unschedulable: boolAt(node, 'spec', 'unschedulable') === true,
    ...taints(node),
    ...software(node),
    cpuCapacityMillicores: millicores(capacity['cpu']) ?? 0,
    cpuAllocatableMillicores: millicores(allocatable['cpu']) ?? 0,
    memoryCapacityBytes: quantity(capacity['memory']) ?? 0,
    memoryAllocatableBytes: quantity(allocatable['memory']) ?? 0,
    ephemeralAllocatableBytes: quantity(allocatable['ephemeral-storage']),
    podsAllocatable: quantity(allocatable['pods']) ?? 0,
    zone,
    podCidr: (textAt(node, 'spec', 'podCIDR') ?? '') !== '' || listAt(node, 'spec', 'podCIDRs').length > 0,
    images: listAt(node, 'status', 'images').length,
    volumesAttached: listAt(node, 'status', 'volumesAttached').length,
  };
}

/** They stay inside the gatherer. */
export type MachineIds = Partial<Record<(typeof MACHINE_IDS)[number], string>>;
/** Firmware that has none. */
const NO_ID = /^[0-]+$|^[f-]+$/i;
/** With their kind before them; in one spelling, as firmware tells a UUID in either case. */
export function machineIdsOf(node: Json): MachineIds {
  const info = objectAt(node, 'status', 'nodeInfo');
  const of = (kind: string, text = ''): string | undefined => (text.length < 8 || text.length > 64 || NO_ID.test(text) ? undefined : `${kind} ${text.toLowerCase()}`);
  return { 'machine-id': of('machine-id', textAt(info, 'machineID')), 'product-uuid': of('product-uuid', textAt(info, 'systemUUID')) };
}

/** Attached volumes by CSI driver: names are `kubernetes.io/csi/<driver>^<handle>`. */
export function volumesByDriver(node: Json): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const volume of listAt(node, 'status', 'volumesAttached')) {
    const driver = /^kubernetes\.io\/csi\/([^^]{1,253})\^/.exec(textAt(volume, 'name') ?? '')?.[1];
    if (driver !== undefined && (out.has(driver) || out.size < 50)) out.set(driver, (out.get(driver) ?? 0) + 1);
  }
  return out;
}

/** The driver of a CSINode that is closest to its limit; drivers without a limit do not count. */
export function closestToLimit(csiNode: Json, attached: ReadonlyMap<string, number>): { readonly volumesOfDriver: number; readonly volumesLimit: number } | undefined {
  let worst: { volumesOfDriver: number; volumesLimit: number } | undefined;
  for (const driver of listAt(csiNode, 'spec', 'drivers').slice(0, 100)) {
    const limit = at(driver, 'allocatable', 'count');
    if (typeof limit !== 'number' || limit <= 0) continue;
    const used = attached.get(textAt(driver, 'name') ?? '') ?? 0;
    if (!worst || used / limit > worst.volumesOfDriver / worst.volumesLimit) worst = { volumesOfDriver: used, volumesLimit: limit };
  }
  return worst;
}
