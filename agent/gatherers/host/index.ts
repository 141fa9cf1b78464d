import type { Gatherer } from '../gatherer.ts';
import { HOST_KUBERNETES_GATHERERS } from './kubernetes/index.ts';
import { HOST_NETWORK_GATHERERS } from './network/index.ts';
import { HOST_SERVICES_GATHERERS } from './services/index.ts';
import { HOST_STORAGE_GATHERERS } from './storage/index.ts';
import { HOST_SYSTEM_GATHERERS } from './system/index.ts';

/** What reads the machine. */
export const HOST_GATHERERS: readonly Gatherer[] = [
  ...HOST_SYSTEM_GATHERERS,
  ...HOST_STORAGE_GATHERERS,
  ...HOST_NETWORK_GATHERERS,
  ...HOST_SERVICES_GATHERERS,
  ...HOST_KUBERNETES_GATHERERS,
];
