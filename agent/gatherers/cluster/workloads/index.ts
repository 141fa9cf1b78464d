import type { Gatherer } from '../../gatherer.ts';

export const CLUSTER_WORKLOADS_GATHERERS: readonly Gatherer[] = [];
