import type { Check } from '../check.ts';

export const CONTROL_PLANE_CHECKS: readonly Check[] = [];
