import type { Gatherer } from '../../gatherer.ts';
import { hardwareHealth } from './hardware-health.ts';
import { hostSecurity } from './host-security.ts';
import { kernelLog } from './kernel-log.ts';
import { logs } from './logs.ts';
import { systemd } from './systemd.ts';
import { timeSync } from './time-sync.ts';

export const HOST_SERVICES_GATHERERS: readonly Gatherer[] = [timeSync, systemd, kernelLog, logs, hostSecurity, hardwareHealth];
