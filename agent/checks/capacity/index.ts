import type { Check } from '../check.ts';

export const CAPACITY_CHECKS: readonly Check[] = [];
