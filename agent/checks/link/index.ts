import type { Check } from '../check.ts';

export const LINK_CHECKS: readonly Check[] = [];
