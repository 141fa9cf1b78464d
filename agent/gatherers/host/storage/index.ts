import type { Gatherer } from '../../gatherer.ts';

export const HOST_STORAGE_GATHERERS: readonly Gatherer[] = [];
