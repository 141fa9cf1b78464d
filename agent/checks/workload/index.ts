import type { Check } from '../check.ts';

export const WORKLOAD_CHECKS: readonly Check[] = [];
