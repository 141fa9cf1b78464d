import type { Gatherer } from '../../gatherer.ts';
import { cpu } from './cpu.ts';

export const HOST_SYSTEM_GATHERERS: readonly Gatherer[] = [cpu];
