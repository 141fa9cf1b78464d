import { ADDON_CHECKS } from './addon/index.ts';
import { CAPACITY_CHECKS } from './capacity/index.ts';
import { CERTIFICATE_CHECKS } from './certificate/index.ts';
import type { Check } from './check.ts';
import { CONTROL_PLANE_CHECKS } from './control-plane/index.ts';
import { DISK_CHECKS } from './disk/index.ts';
import { ETCD_CHECKS } from './etcd/index.ts';
import { HOST_CHECKS } from './host/index.ts';
import { KUBELET_CHECKS } from './kubelet/index.ts';
import { LINK_CHECKS } from './link/index.ts';
import { NETWORK_CHECKS } from './network/index.ts';
import { NODE_CHECKS } from './node/index.ts';
import { OS_CHECKS } from './os/index.ts';
import { POD_CHECKS } from './pod/index.ts';
import { SECURITY_CHECKS } from './security/index.ts';
import { SERVICE_CHECKS } from './service/index.ts';
import { STORAGE_CHECKS } from './storage/index.ts';
import { WORKLOAD_CHECKS } from './workload/index.ts';

/** Every check there is, by area and id. Adding one touches its file, its fixture and its area's list. */
export const CHECKS: readonly Check[] = [
  ...OS_CHECKS,
  ...HOST_CHECKS,
  ...DISK_CHECKS,
  ...LINK_CHECKS,
  ...SERVICE_CHECKS,
  ...KUBELET_CHECKS,
  ...CERTIFICATE_CHECKS,
  ...CONTROL_PLANE_CHECKS,
  ...ETCD_CHECKS,
  ...NODE_CHECKS,
  ...WORKLOAD_CHECKS,
  ...POD_CHECKS,
  ...CAPACITY_CHECKS,
  ...NETWORK_CHECKS,
  ...STORAGE_CHECKS,
  ...SECURITY_CHECKS,
  ...ADDON_CHECKS,
];
