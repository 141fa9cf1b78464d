import type { Check } from '../check.ts';

export const NODE_CHECKS: readonly Check[] = [];
