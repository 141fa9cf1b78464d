import type { Gatherer } from '../../gatherer.ts';

export const HOST_NETWORK_GATHERERS: readonly Gatherer[] = [];
