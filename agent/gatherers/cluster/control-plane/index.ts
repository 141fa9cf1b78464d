import type { Gatherer } from '../../gatherer.ts';

export const CLUSTER_CONTROL_PLANE_GATHERERS: readonly Gatherer[] = [];
