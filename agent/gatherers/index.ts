import { CLUSTER_CONTROL_PLANE_GATHERERS } from './cluster/control-plane/index.ts';
import { CLUSTER_OBJECTS_GATHERERS } from './cluster/objects/index.ts';
import { CLUSTER_WORKLOADS_GATHERERS } from './cluster/workloads/index.ts';
import type { Gatherer } from './gatherer.ts';
import { HOST_KUBERNETES_GATHERERS } from './host/kubernetes/index.ts';
import { HOST_NETWORK_GATHERERS } from './host/network/index.ts';
import { HOST_SERVICES_GATHERERS } from './host/services/index.ts';
import { HOST_STORAGE_GATHERERS } from './host/storage/index.ts';
import { HOST_SYSTEM_GATHERERS } from './host/system/index.ts';

/** Every gatherer there is. Adding one touches its file and its folder's list. */
export const GATHERERS: readonly Gatherer[] = [
  ...HOST_SYSTEM_GATHERERS,
  ...HOST_STORAGE_GATHERERS,
  ...HOST_NETWORK_GATHERERS,
  ...HOST_SERVICES_GATHERERS,
  ...HOST_KUBERNETES_GATHERERS,
  ...CLUSTER_CONTROL_PLANE_GATHERERS,
  ...CLUSTER_WORKLOADS_GATHERERS,
  ...CLUSTER_OBJECTS_GATHERERS,
];
