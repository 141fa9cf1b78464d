import type { Check } from '../../check.ts';
import { ths5xxHigh } from './5xx-high.ts';
import { thsApiOpen } from './api-open.ts';
import { thsConnectionsDropped } from './connections-dropped.ts';
import { thsLicenseExpired } from './license-expired.ts';
import { thsLicenseExpiring } from './license-expiring.ts';
import { thsOldTls } from './old-tls.ts';
import { thsServerTokensOn } from './server-tokens-on.ts';
import { thsUpstreamUnhealthy } from './upstream-unhealthy.ts';
import { thsVipSplitBrain } from './vip-split-brain.ts';

export const THS_CHECKS: readonly Check[] = [
  ths5xxHigh,
  thsApiOpen,
  thsConnectionsDropped,
  thsLicenseExpired,
  thsLicenseExpiring,
  thsOldTls,
  thsServerTokensOn,
  thsUpstreamUnhealthy,
  thsVipSplitBrain,
];
