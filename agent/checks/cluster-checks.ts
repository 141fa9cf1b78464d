import { ADDON_CHECKS } from './addon/index.ts';
import { CAPACITY_CHECKS } from './capacity/index.ts';
import type { Check } from './check.ts';
import { CONTROL_PLANE_CHECKS } from './control-plane/index.ts';
import { NETWORK_CHECKS } from './network/index.ts';
import { NODE_CHECKS } from './node/index.ts';
import { POD_CHECKS } from './pod/index.ts';
import { SECURITY_CHECKS } from './security/index.ts';
import { STORAGE_CHECKS } from './storage/index.ts';
import { WORKLOAD_CHECKS } from './workload/index.ts';

/** Areas whose checks read the API server: what a cluster agent loads. */
export const CLUSTER_CHECKS: readonly Check[] = [
  ...CONTROL_PLANE_CHECKS,
  ...NODE_CHECKS,
  ...WORKLOAD_CHECKS,
  ...POD_CHECKS,
  ...CAPACITY_CHECKS,
  ...NETWORK_CHECKS,
  ...STORAGE_CHECKS,
  ...SECURITY_CHECKS,
  ...ADDON_CHECKS,
];
