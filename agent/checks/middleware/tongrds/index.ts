import type { Check } from '../../check.ts';
import { tongrdsAuthOff } from './auth-off.ts';
import { tongrdsClientsHigh } from './clients-high.ts';
import { tongrdsClusterDegraded } from './cluster-degraded.ts';
import { tongrdsMemoryHigh } from './memory-high.ts';

export const TONGRDS_CHECKS: readonly Check[] = [tongrdsAuthOff, tongrdsClientsHigh, tongrdsClusterDegraded, tongrdsMemoryHigh];
