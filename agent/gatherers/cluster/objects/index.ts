import type { Gatherer } from '../../gatherer.ts';

export const CLUSTER_OBJECTS_GATHERERS: readonly Gatherer[] = [];
