import type { Gatherer } from '../../gatherer.ts';

export const HOST_SERVICES_GATHERERS: readonly Gatherer[] = [];
