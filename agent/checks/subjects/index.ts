import { CONTROL_PLANE_SUBJECTS, ETCD_SUBJECTS } from './control-plane.ts';
import { MIDDLEWARE_SUBJECTS } from './middleware.ts';
import { NETWORK_SUBJECTS, STORAGE_SUBJECTS } from './network.ts';
import { NODE_SUBJECTS } from './nodes.ts';
import { CERTIFICATE_SUBJECTS, SECURITY_SUBJECTS } from './security.ts';
import type { SubjectGroup } from './subject.ts';
import { CAPACITY_SUBJECTS, WORKLOAD_SUBJECTS } from './workloads.ts';

/** Every subject, in the order in which people go through a cluster. */
export const SUBJECTS: readonly SubjectGroup[] = [
  NODE_SUBJECTS,
  CONTROL_PLANE_SUBJECTS,
  ETCD_SUBJECTS,
  WORKLOAD_SUBJECTS,
  CAPACITY_SUBJECTS,
  NETWORK_SUBJECTS,
  STORAGE_SUBJECTS,
  SECURITY_SUBJECTS,
  CERTIFICATE_SUBJECTS,
  MIDDLEWARE_SUBJECTS,
];
