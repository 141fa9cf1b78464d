/** What the profiles ask of one machine, parameter by parameter: for reports and for the page of the profiles. */
import type { SomeSections } from '../wire/section-values.ts';
import type { Severity, Unit } from '../wire/vocabulary.ts';
import type { Check } from './check.ts';
import { type Ask, type Asker, asksOf, rolesOf, strictest } from './host-profile.ts';
import { HOST_PARAMETERS, type HostParameter, THP_LEVELS, tunedSets } from './host-profiles.ts';
import { tlqIpcInsufficient } from './middleware/tlq/ipc-insufficient.ts';
import { aioLow } from './os/aio-low.ts';
import { maxMapCountLow } from './os/max-map-count-low.ts';
import { nofileLow } from './os/nofile-low.ts';
import { nprocLow } from './os/nproc-low.ts';
import { overcommitOff } from './os/overcommit-off.ts';
import { panicOnOopsOff } from './os/panic-on-oops-off.ts';
import { panicRestartOff } from './os/panic-restart-off.ts';
import { portRangeNarrow } from './os/port-range-narrow.ts';
import { somaxconnLow } from './os/somaxconn-low.ts';
import { swappinessHigh } from './os/swappiness-high.ts';
import { sysvIpcLow } from './os/sysv-ipc-low.ts';
import { thpAlways } from './os/thp-always.ts';
import { localPorts } from './sysctl.ts';

/** The check that judges each parameter, the last word of its thresholds, and the unit of its values. */
const JUDGED_BY: Readonly<Record<HostParameter, readonly [Check, string, Unit]>> = {
  'fs.aio-max-nr': [aioLow, 'Count', 'count'],
  'kernel.msgmnb': [tlqIpcInsufficient, 'QueueBytes', 'bytes'],
  'kernel.msgmni': [tlqIpcInsufficient, 'QueuesCount', 'count'],
  'kernel.panic': [panicRestartOff, 'Seconds', 'seconds'],
  'kernel.panic_on_oops': [panicOnOopsOff, 'Value', 'value'],
  'kernel.sem.semmni': [sysvIpcLow, 'Count', 'count'],
  'kernel.shmmax': [sysvIpcLow, 'Bytes', 'bytes'],
  'kernel.shmmni': [tlqIpcInsufficient, 'SegmentsCount', 'count'],
  'net.core.somaxconn': [somaxconnLow, 'Count', 'count'],
  'net.ipv4.ip_local_port_range': [portRangeNarrow, 'Count', 'count'],
  nofile: [nofileLow, 'Count', 'count'],
  nproc: [nprocLow, 'Count', 'count'],
  transparent_hugepage: [thpAlways, 'Value', 'value'],
  'vm.max_map_count': [maxMapCountLow, 'Count', 'count'],
  'vm.overcommit_memory': [overcommitOff, 'Value', 'value'],
  'vm.swappiness': [swappinessHigh, 'Value', 'value'],
};

/** Whose findings are about a parameter. */
export function checkOfParameter(parameter: HostParameter): Check {
  return JUDGED_BY[parameter][0];
}

export interface HostParameterRow {
  readonly parameter: HostParameter;
  /** The check whose findings are about it. */
  readonly check: string;
  readonly unit: Unit;
  /** Who asks; `any`: it holds for every machine. */
  readonly askedBy: readonly Asker[];
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly observed?: number | string | undefined;
  /** `exempt`: a profile of tuned sets it on purpose. */
  readonly verdict: 'pass' | 'fail' | 'exempt' | 'unknown';
  readonly severity: Severity;
}

/** One row for each parameter that somebody asks for, and for limits of processes one for each role; with the bounds as they are delivered. */
export function hostParametersOf(sections: SomeSections): readonly HostParameterRow[] {
  const roles = rolesOf(sections);
  return HOST_PARAMETERS.flatMap((parameter): readonly HostParameterRow[] => {
    if (parameter === 'vm.swappiness' && sections.memory?.swapTotalBytes === 0) return []; // nothing can be swapped
    const limit = LIMITS[parameter];
    if (limit === undefined) return rowOf(parameter, [...roles, 'any'], observedOf(parameter, sections), sections);
    const running = (sections.processes?.roles ?? []).filter((row) => row.processes > 0);
    return running.flatMap((row) => rowOf(parameter, [row.role], row[limit], sections));
  });
}
const LIMITS: Readonly<Partial<Record<HostParameter, 'openFilesLimit' | 'processesLimit'>>> = { nofile: 'openFilesLimit', nproc: 'processesLimit' };

function rowOf(parameter: HostParameter, roles: readonly Asker[], observed: number | string | undefined, { processes }: SomeSections): readonly HostParameterRow[] {
  const [check, , unit] = JUDGED_BY[parameter];
  const asks = askedBy(roles, parameter);
  if (asks.length === 0) return [];
  const { minimum, maximum } = strictest(asks);
  const level = typeof observed === 'string' ? THP_LEVELS[observed as keyof typeof THP_LEVELS] : observed;
  const isGood = level === undefined ? undefined : (minimum === undefined || level >= minimum) && (maximum === undefined || level <= maximum);
  const verdict = isGood === undefined ? 'unknown' : isGood ? 'pass' : tunedSets(processes?.tunedProfile, parameter) ? 'exempt' : 'fail';
  return [{ parameter, check: check.id, unit, askedBy: asks.map(({ by }) => by), minimum, maximum, observed, verdict, severity: check.severity }];
}
/** What TongLINK/Q asks is judged of its instance, by a check whose thresholds have no role in their names. */
function askedBy(roles: readonly Asker[], parameter: HostParameter): readonly Ask[] {
  const [check, unit] = JUDGED_BY[parameter];
  if (check !== tlqIpcInsufficient) return asksOf(roles, { parameter, unit, threshold: check.threshold });
  const minimum = check.threshold[`minimum${unit}`];
  return roles.includes('tonglinkq') && typeof minimum === 'number' ? [{ by: 'tonglinkq', minimum }] : [];
}

function observedOf(parameter: HostParameter, { sysctls, os }: SomeSections): number | string | undefined {
  if (parameter === 'transparent_hugepage') return os?.transparentHugePages;
  if (parameter === 'net.ipv4.ip_local_port_range') return sysctls && localPorts(sysctls);
  if (parameter === 'nofile' || parameter === 'nproc') return undefined; // of processes, not of the machine
  return sysctls?.values[parameter];
}
