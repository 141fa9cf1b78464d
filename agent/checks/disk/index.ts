import type { Check } from '../check.ts';

export const DISK_CHECKS: readonly Check[] = [];
