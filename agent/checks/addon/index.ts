import type { Check } from '../check.ts';

export const ADDON_CHECKS: readonly Check[] = [];
