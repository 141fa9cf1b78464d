import type { Check } from '../../check.ts';
import { tlqAckStuck } from './ack-stuck.ts';
import { tlqAckWaiting } from './ack-waiting.ts';
import { tlqChannelDown } from './channel-down.ts';
import { tlqDeadLetters } from './dead-letters.ts';
import { tlqIpcInsufficient } from './ipc-insufficient.ts';
import { tlqLicenseExpiring } from './license-expiring.ts';
import { tlqMetricsStale } from './metrics-stale.ts';
import { tlqQueueNearlyFull } from './queue-nearly-full.ts';

export const TLQ_CHECKS: readonly Check[] = [
  tlqAckStuck,
  tlqChannelDown,
  tlqDeadLetters,
  tlqAckWaiting,
  tlqIpcInsufficient,
  tlqLicenseExpiring,
  tlqMetricsStale,
  tlqQueueNearlyFull,
];
