import type { Check } from '../../check.ts';
import { tomcatAccessLogOff } from './access-log-off.ts';
import { tomcatAjpOpen } from './ajp-open.ts';
import { tomcatAppNotRunning } from './app-not-running.ts';
import { tomcatAutodeployEnabled } from './autodeploy-enabled.ts';
import { tomcatDeadlock } from './deadlock.ts';
import { tomcatDumpPresent } from './dump-present.ts';
import { tomcatFullGcFrequent } from './full-gc-frequent.ts';
import { tomcatGcTimeHigh } from './gc-time-high.ts';
import { tomcatHeapUsageHigh } from './heap-usage-high.ts';
import { tomcatNofileLow } from './nofile-low.ts';
import { tomcatRequestErrorRate } from './request-error-rate.ts';
import { tomcatRunsAsRoot } from './runs-as-root.ts';
import { tomcatShutdownPortOpen } from './shutdown-port-open.ts';
import { tomcatThreadsSaturated } from './threads-saturated.ts';

export const TOMCAT_CHECKS: readonly Check[] = [
  tomcatAccessLogOff,
  tomcatAjpOpen,
  tomcatAppNotRunning,
  tomcatAutodeployEnabled,
  tomcatDeadlock,
  tomcatDumpPresent,
  tomcatGcTimeHigh,
  tomcatHeapUsageHigh,
  tomcatNofileLow,
  tomcatRequestErrorRate,
  tomcatRunsAsRoot,
  tomcatShutdownPortOpen,
  tomcatThreadsSaturated,
  tomcatFullGcFrequent,
];
