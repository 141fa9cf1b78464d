import type { Check } from '../check.ts';

export const CERTIFICATE_CHECKS: readonly Check[] = [];
