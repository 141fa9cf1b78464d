import type { Check } from '../../check.ts';
import { nacosAuthOff } from './auth-off.ts';
import { nacosDatabaseEmbedded } from './database-embedded.ts';
import { nacosDatabaseErrors } from './database-errors.ts';
import { nacosDefaultPassword } from './default-password.ts';
import { nacosDescriptorsHigh } from './descriptors-high.ts';
import { nacosHeapHigh } from './heap-high.ts';
import { nacosIdentityPublished } from './identity-published.ts';
import { nacosLeaderMissing } from './leader-missing.ts';
import { nacosMemberDown } from './member-down.ts';
import { nacosMembersFew } from './members-few.ts';
import { nacosMetricsOff } from './metrics-off.ts';
import { nacosNotReady } from './not-ready.ts';
import { nacosPushFailing } from './push-failing.ts';
import { nacosPushSlow } from './push-slow.ts';
import { nacosSecretKeyPublished } from './secret-key-published.ts';
import { nacosUserAgentTrusted } from './user-agent-trusted.ts';
import { nacosVersionsMixed } from './versions-mixed.ts';

export const NACOS_CHECKS: readonly Check[] = [
  nacosAuthOff,
  nacosDatabaseEmbedded,
  nacosDatabaseErrors,
  nacosDefaultPassword,
  nacosDescriptorsHigh,
  nacosHeapHigh,
  nacosIdentityPublished,
  nacosLeaderMissing,
  nacosMemberDown,
  nacosMembersFew,
  nacosMetricsOff,
  nacosNotReady,
  nacosPushFailing,
  nacosPushSlow,
  nacosSecretKeyPublished,
  nacosUserAgentTrusted,
  nacosVersionsMixed,
];
