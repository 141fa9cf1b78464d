import type { Check } from '../check.ts';

export const SECURITY_CHECKS: readonly Check[] = [];
