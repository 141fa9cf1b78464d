import type { Check } from '../check.ts';
import { cpuIowaitHigh } from './cpu-iowait-high.ts';

export const HOST_CHECKS: readonly Check[] = [cpuIowaitHigh];
