import type { Check } from '../../check.ts';
import { tongrdsAuthOff } from './auth-off.ts';
import { tongrdsCenterDown } from './center-down.ts';
import { tongrdsClientsHigh } from './clients-high.ts';
import { tongrdsClusterDegraded } from './cluster-degraded.ts';
import { tongrdsLicenseExpiring } from './license-expiring.ts';
import { tongrdsLicenseUsedHigh } from './license-used-high.ts';
import { tongrdsMemoryHigh } from './memory-high.ts';
import { tongrdsSentinelFew } from './sentinel-few.ts';

export const TONGRDS_CHECKS: readonly Check[] = [
  tongrdsLicenseUsedHigh,
  tongrdsLicenseExpiring,
  tongrdsSentinelFew,
  tongrdsCenterDown,
  tongrdsAuthOff,
  tongrdsClientsHigh,
  tongrdsClusterDegraded,
  tongrdsMemoryHigh,
];
