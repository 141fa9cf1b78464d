import { CERTIFICATE_CHECKS } from './certificate/index.ts';
import type { Check } from './check.ts';
import { DISK_CHECKS } from './disk/index.ts';
import { ETCD_CHECKS } from './etcd/index.ts';
import { HOST_CHECKS as HOST_AREA_CHECKS } from './host/index.ts';
import { KUBELET_CHECKS } from './kubelet/index.ts';
import { LINK_CHECKS } from './link/index.ts';
import { OS_CHECKS } from './os/index.ts';
import { SERVICE_CHECKS } from './service/index.ts';

/** Areas whose checks read the machine: what a node agent loads. */
export const HOST_CHECKS: readonly Check[] = [
  ...OS_CHECKS,
  ...HOST_AREA_CHECKS,
  ...DISK_CHECKS,
  ...LINK_CHECKS,
  ...SERVICE_CHECKS,
  ...KUBELET_CHECKS,
  ...CERTIFICATE_CHECKS,
  ...ETCD_CHECKS,
];
