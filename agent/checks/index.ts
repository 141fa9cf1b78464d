import type { Check } from './check.ts';
import { CLUSTER_CHECKS } from './cluster-checks.ts';
import { HOST_CHECKS } from './host-checks.ts';
import { MIDDLEWARE_CHECKS } from './middleware/index.ts';

/** Every check there is, by area and id. Adding one touches its file, its fixture and its area's list. */
export const CHECKS: readonly Check[] = [...HOST_CHECKS, ...CLUSTER_CHECKS, ...MIDDLEWARE_CHECKS];
