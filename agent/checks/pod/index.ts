import type { Check } from '../check.ts';

export const POD_CHECKS: readonly Check[] = [];
