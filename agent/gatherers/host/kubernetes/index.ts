import type { Gatherer } from '../../gatherer.ts';

export const HOST_KUBERNETES_GATHERERS: readonly Gatherer[] = [];
