import type { Gatherer } from '../gatherer.ts';
import { CLUSTER_CONTROL_PLANE_GATHERERS } from './control-plane/index.ts';
import { CLUSTER_OBJECTS_GATHERERS } from './objects/index.ts';
import { CLUSTER_WORKLOADS_GATHERERS } from './workloads/index.ts';

/** What reads the API server. */
export const CLUSTER_GATHERERS: readonly Gatherer[] = [...CLUSTER_CONTROL_PLANE_GATHERERS, ...CLUSTER_WORKLOADS_GATHERERS, ...CLUSTER_OBJECTS_GATHERERS];
