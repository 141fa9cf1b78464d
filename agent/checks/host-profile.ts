/** Judging one parameter of a machine by the profiles of its roles. */
import type { Sections, SomeSections } from '../wire/section-values.ts';
import { HOST_ROLES, type HostRole } from '../wire/sections/host/system-roles.ts';
import type { SysctlKey } from '../wire/sections/host/system-sysctls.ts';
import { notApplicable, type Outcome, type Threshold, unknown } from './check.ts';
import { boundKey, boundsOf, type HostParameter, SET_BY_KUBELET, tunedSets } from './host-profiles.ts';
import { sysctlUnknown } from './sysctl.ts';

/** Who asks: a role, or `any`: it holds for every machine. */
export type Asker = HostRole | 'any';
export interface Ask {
  readonly by: Asker;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}
export interface Machine {
  readonly machine?: Pick<Sections['machine'], 'kubernetesNode'> | undefined;
  readonly processes?: Pick<Sections['processes'], 'roles' | 'tunedProfile'> | undefined;
}
/** Thresholds of a check of one parameter: the bound of each role, and roles whose bound does not count here (`any`: the general one). */
export function profileThreshold(parameter: HostParameter, unit: string): { readonly exempt: readonly string[] } & Readonly<Record<string, number | readonly string[]>> {
  return { ...boundsOf(parameter, unit), exempt: [] };
}
interface Asked {
  readonly parameter: HostParameter;
  /** Last word of the threshold's keys. */
  readonly unit: string;
  readonly threshold: Threshold;
}

/** Roles of the machine; a node is one even where its processes cannot be seen. */
export function rolesOf({ machine, processes }: Machine | SomeSections): readonly HostRole[] {
  const told = new Set(processes?.roles?.map(({ role }) => role));
  if (machine?.kubernetesNode === true) told.add('kubernetes-node');
  if (machine?.kubernetesNode === false) told.delete('kubernetes-node');
  return HOST_ROLES.filter((role) => told.has(role));
}

/** What these ask (`any` for what holds for all): the site's exemptions are out, thresholds that it changed are in. */
export function asksOf(roles: readonly Asker[], { parameter, unit, threshold }: Asked): readonly Ask[] {
  const exempt = Array.isArray(threshold['exempt']) ? threshold['exempt'] : [];
  const asks = roles.flatMap((by): Ask[] => {
    if (exempt.includes(by)) return [];
    const minimum = numberAt(threshold, by === 'any' ? `minimum${unit}` : boundKey(by, 'Minimum', unit));
    const maximum = numberAt(threshold, by === 'any' ? `maximum${unit}` : boundKey(by, 'Maximum', unit));
    return minimum === undefined && maximum === undefined ? [] : [{ by, minimum, maximum }];
  });
  const ofNode = SET_BY_KUBELET.has(parameter) ? asks.find(({ by }) => by === 'kubernetes-node') : undefined;
  return ofNode ? [ofNode] : asks;
}

/** One finding for a parameter, with the strictest of the bounds. What a tuned profile sets on purpose is exempt. */
export function judgeProfile(observed: number, asked: Asked, where: Machine): Outcome {
  const asks = asksOf([...rolesOf(where), 'any'], asked);
  const { minimum, maximum } = strictest(asks);
  const bound = minimum !== undefined && observed < minimum ? minimum : maximum !== undefined && observed > maximum ? maximum : undefined;
  if (bound !== undefined) {
    if (tunedSets(where.processes?.tunedProfile, asked.parameter)) return notApplicable('tuned-profile');
    const askedBy = asks.filter((ask) => isCrossed(observed, ask)).flatMap(({ by }) => (by === 'any' ? [] : by));
    return [{ observed, threshold: bound, ...(askedBy.length > 0 && { askedBy }) }];
  }
  if (where.processes?.roles === undefined && wouldFail(observed, asked, where)) return unknown('not-visible');
  return asks.length === 0 ? notApplicable() : [];
}

/** The same for a kernel parameter of one number. */
export function judgeProfiledSysctl(
  { sysctls, ...where }: Pick<Sections, 'machine' | 'sysctls' | 'processes'>,
  asked: Asked & { readonly parameter: SysctlKey & HostParameter },
): Outcome {
  const observed = sysctls.values[asked.parameter];
  return observed === undefined ? sysctlUnknown(sysctls, asked.parameter) : judgeProfile(observed, asked, where);
}

/** Of several parameters that are one check: the first finding, else what is not known, else that it is good; else it does not apply. */
export function worstOf(outcomes: readonly Outcome[]): Outcome {
  const found = outcomes.find((outcome) => !('verdict' in outcome) && outcome.length > 0);
  const silent = outcomes.find((outcome) => 'verdict' in outcome && outcome.verdict === 'unknown');
  return found ?? silent ?? outcomes.find((outcome) => !('verdict' in outcome)) ?? outcomes[0] ?? notApplicable();
}

/** Roles whose limits are told of each instance where instances are inspected, and not of the machine as well. */
const TOLD_BY_INSTANCE: ReadonlySet<HostRole> = new Set<HostRole>(['java-server', 'nginx', 'elasticsearch']);

/** A limit of processes: each role's own processes are held against what it asks. One finding, of the role that asks most. */
export function judgeLimit(limit: 'openFilesLimit' | 'processesLimit', asked: Asked, { machine, processes }: Pick<Sections, 'machine' | 'processes'>): Outcome {
  if (processes.roles === undefined) return unknown('not-visible');
  let silent = false;
  let applies = false;
  const short: { readonly role: HostRole; readonly observed: number; readonly threshold: number }[] = [];
  for (const row of processes.roles) {
    if (TOLD_BY_INSTANCE.has(row.role) && !machine.kubernetesNode) continue;
    const { minimum } = strictest(asksOf([row.role], asked));
    if (minimum === undefined || row.processes === 0) continue;
    applies = true;
    const observed = row[limit];
    if (observed === undefined) silent = true;
    else if (observed < minimum) short.push({ role: row.role, observed, threshold: minimum });
  }
  const worst = short.toSorted((a, b) => b.threshold - a.threshold)[0];
  if (worst) return [{ observed: worst.observed, threshold: worst.threshold, askedBy: HOST_ROLES.filter((role) => short.some((one) => one.role === role)) }];
  if (silent) return unknown();
  return applies ? [] : notApplicable();
}

function isCrossed(observed: number, { minimum, maximum }: Pick<Ask, 'minimum' | 'maximum'>): boolean {
  return (minimum !== undefined && observed < minimum) || (maximum !== undefined && observed > maximum);
}
/** Whether a role that could not be seen would ask for more. */
function wouldFail(observed: number, asked: Asked, where: Machine): boolean {
  const roles = HOST_ROLES.filter((role) => role !== 'kubernetes-node' || where.machine?.kubernetesNode === true);
  return isCrossed(observed, strictest(asksOf([...roles, 'any'], asked)));
}
export function strictest(asks: readonly Ask[]): Pick<Ask, 'minimum' | 'maximum'> {
  const minima = asks.flatMap(({ minimum }) => minimum ?? []);
  const maxima = asks.flatMap(({ maximum }) => maximum ?? []);
  return { minimum: minima.length > 0 ? Math.max(...minima) : undefined, maximum: maxima.length > 0 ? Math.min(...maxima) : undefined };
}
function numberAt(threshold: Threshold, key: string): number | undefined {
  const value = Object.hasOwn(threshold, key) ? threshold[key] : undefined;
  return typeof value === 'number' ? value : undefined;
}
