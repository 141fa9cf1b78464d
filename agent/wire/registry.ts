/** The one registry of everything that may leave a cluster. A section that is not here does not exist. */
import { CLUSTER_CONTROL_PLANE_SECTIONS } from './sections/cluster/control-plane.ts';
import { CLUSTER_OBJECTS_SECTIONS } from './sections/cluster/objects.ts';
import { CLUSTER_WORKLOADS_SECTIONS } from './sections/cluster/workloads.ts';
import { HOST_KUBERNETES_SECTIONS } from './sections/host/kubernetes.ts';
import { HOST_NETWORK_SECTIONS } from './sections/host/network.ts';
import { HOST_SERVICES_SECTIONS } from './sections/host/services.ts';
import { HOST_STORAGE_SECTIONS } from './sections/host/storage.ts';
import { HOST_SYSTEM_SECTIONS } from './sections/host/system.ts';
import { MIDDLEWARE_SECTIONS } from './sections/middleware/middleware.ts';

export const SECTIONS = {
  ...HOST_SYSTEM_SECTIONS,
  ...HOST_STORAGE_SECTIONS,
  ...HOST_NETWORK_SECTIONS,
  ...HOST_SERVICES_SECTIONS,
  ...HOST_KUBERNETES_SECTIONS,
  ...CLUSTER_CONTROL_PLANE_SECTIONS,
  ...CLUSTER_WORKLOADS_SECTIONS,
  ...CLUSTER_OBJECTS_SECTIONS,
  ...MIDDLEWARE_SECTIONS,
} as const;
