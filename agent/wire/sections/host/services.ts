/** Sections of this bundle: clock, units, kernel log, logs, host security, hardware. */
import { hardwareHealth, kernelLog } from './services-kernel.ts';
import { logs } from './services-logs.ts';
import { hostSecurity } from './services-security.ts';
import { systemd, timeSync } from './services-time.ts';

export const HOST_SERVICES_SECTIONS = { timeSync, systemd, kernelLog, logs, hostSecurity, hardwareHealth } as const;
