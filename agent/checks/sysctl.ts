/** Rules about one kernel parameter: the step that most checks of `os` are made of. */
import type { Sections } from '../wire/section-values.ts';
import type { SysctlKey } from '../wire/sections/host/system-sysctls.ts';
import { type Outcome, unknown } from './check.ts';

type Sysctls = Sections['sysctls'];

/** Fails below the minimum; more is always good. */
export function sysctlAtLeast(sysctls: Sysctls, key: SysctlKey, minimum: number): Outcome {
  return judge(sysctls, key, minimum, (value) => value >= minimum);
}
/** Fails beyond the maximum. */
export function sysctlAtMost(sysctls: Sysctls, key: SysctlKey, maximum: number): Outcome {
  return judge(sysctls, key, maximum, (value) => value <= maximum);
}
/** Fails on any other value. */
export function sysctlIs(sysctls: Sysctls, key: SysctlKey, expected: number): Outcome {
  return judge(sysctls, key, expected, (value) => value === expected);
}

/** Ports that the kernel may take for connections; `undefined` where it does not tell. */
export function localPorts({ values }: Sysctls): number | undefined {
  const low = values['net.ipv4.ip_local_port_range.low'];
  const high = values['net.ipv4.ip_local_port_range.high'];
  return low === undefined || high === undefined ? undefined : Math.max(0, high - low + 1);
}

/** Why a parameter has no value: the reader saw another network namespace, or this kernel does not have it. */
export function sysctlUnknown(sysctls: Sysctls, key: SysctlKey): Outcome {
  return unknown(key.startsWith('net.') && !sysctls.hostNetwork ? 'not-visible' : 'not-reported');
}

function judge(sysctls: Sysctls, key: SysctlKey, threshold: number, isGood: (value: number) => boolean): Outcome {
  const observed = sysctls.values[key];
  if (observed === undefined) return sysctlUnknown(sysctls, key);
  return isGood(observed) ? [] : [{ observed, threshold }];
}
