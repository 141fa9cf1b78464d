import type { Check } from '../check.ts';

export const OS_CHECKS: readonly Check[] = [];
