import type { Check } from '../check.ts';

export const KUBELET_CHECKS: readonly Check[] = [];
