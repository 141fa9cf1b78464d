import { CLUSTER_GATHERERS } from './cluster/index.ts';
import type { Gatherer } from './gatherer.ts';
import { HOST_GATHERERS } from './host/index.ts';

/** Every gatherer there is. Adding one touches its file and its folder's list. */
export const GATHERERS: readonly Gatherer[] = [...HOST_GATHERERS, ...CLUSTER_GATHERERS];
