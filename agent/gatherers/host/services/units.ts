/** What systemd says about its units, as rows of the section; among it the plain text of `systemctl`, which old releases (219) print too. */
import { toCount } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { SYSTEM_STATES, type UNIT_ROLES, UNIT_TYPES } from '../../../wire/sections/host/services-time.ts';

export type SystemState = (typeof SYSTEM_STATES)[number];
export type UnitRole = (typeof UNIT_ROLES)[number];
export type UnitType = (typeof UNIT_TYPES)[number];
export type FailedUnit = Sections['systemd']['failed'][number];
export type RestartingUnit = Sections['systemd']['restarting'][number];

/** One service as `systemctl show` prints it. */
export interface ServiceState {
  readonly unit: string;
  readonly subState: string;
  /** Since systemd 235. */
  readonly restarts?: number | undefined;
  /** Monotonic microseconds when it last became active; 0 = never. */
  readonly activeSince?: number | undefined;
}
export interface ManagerState {
  readonly state: SystemState;
  readonly queuedJobs?: number | undefined;
}

/** What systemd said, from whichever way it was asked. */
export interface Systemd {
  readonly manager: ManagerState;
  readonly failed: readonly string[];
  readonly services: readonly ServiceState[];
}

const UNIT = /^[\w:.@\\-]{1,250}\.[a-z]{2,12}$/;
const ROLES: readonly (readonly [UnitRole, RegExp])[] = [
  ['kubelet', /^(kubelet|k3s(-agent)?|rke2-(server|agent)|k0s(controller|worker)|microk8s)\.service$/],
  ['container-runtime', /^(containerd|docker|dockerd|cri-docker|crio|isulad|podman)\.(service|socket)$/],
  ['etcd', /^etcd\d?\.service$/],
  ['time', /^(chronyd?|ntpd?|ntpsec|openntpd|systemd-timesyncd|ptp4l|phc2sys)\.service$/],
  ['network', /^(NetworkManager|systemd-networkd|networking|network|wicked)\.service$/],
];

export function isUnit(text: string): boolean {
  return UNIT.test(text);
}
export function roleOf(unit: string): UnitRole {
  return ROLES.find(([, pattern]) => pattern.test(unit))?.[0] ?? 'other';
}
export function typeOf(unit: string): UnitType {
  const suffix = unit.slice(unit.lastIndexOf('.') + 1);
  return UNIT_TYPES.find((type) => type === suffix) ?? 'other';
}
export function toFailedUnit(unit: string): FailedUnit {
  return { unit, type: typeOf(unit), role: roleOf(unit) };
}

/** First words of the lines of `systemctl list-units --state=failed`; a bullet may stand before them. */
export function parseFailedUnits(text: string): readonly string[] {
  const out: string[] = [];
  for (const line of text.split('\n', 20_000)) {
    const match = /^\s{0,8}(?:[●*]\s{1,4})?(\S{1,260})\s+(?:loaded|not-found|masked|error|bad-setting|merged|stub)\s+failed\s/.exec(`${line.slice(0, 600)} `);
    if (match?.[1] !== undefined && isUnit(match[1])) out.push(match[1]);
  }
  return out;
}

/** Blocks of `Key=value`, an empty line between them. */
export function parseServices(text: string): readonly ServiceState[] {
  const out: ServiceState[] = [];
  for (const block of text.split(/\n\s*\n/, 10_000)) {
    const values = keyValues(block);
    const unit = values.get('Id');
    if (unit === undefined || !isUnit(unit)) continue;
    out.push({ unit, subState: values.get('SubState') ?? '', restarts: toCount(values.get('NRestarts')), activeSince: toCount(values.get('ActiveEnterTimestampMonotonic')) });
  }
  return out;
}

export function parseManager(text: string): ManagerState {
  const values = keyValues(text);
  return { state: toSystemState(values.get('SystemState')), queuedJobs: toCount(values.get('NJobs')) };
}
export function toSystemState(word: string | undefined): SystemState {
  return SYSTEM_STATES.find((state) => state === word) ?? 'unknown';
}

/**
 * Services that systemd restarted by itself, the restless first.
 * @param uptimeSeconds on the clock that `activeSince` counts
 */
export function restartingUnits(services: readonly ServiceState[], uptimeSeconds: number | undefined): readonly RestartingUnit[] {
  return services
    .map(({ unit, subState, restarts, activeSince }) => ({
      unit,
      role: roleOf(unit),
      restarts,
      waiting: subState === 'auto-restart' || subState === 'auto-restart-queued',
      ...(uptimeSeconds !== undefined && activeSince !== undefined && activeSince > 0 && { activeSeconds: Math.max(0, uptimeSeconds - activeSince / 1_000_000) }),
    }))
    .filter(({ waiting, restarts = 0 }) => waiting || restarts > 0)
    .sort((a, b) => Number(b.waiting) - Number(a.waiting) || (b.restarts ?? 0) - (a.restarts ?? 0));
}

function keyValues(text: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const line of text.split('\n', 200)) {
    const at = line.indexOf('=');
    if (at > 0 && at < 64) out.set(line.slice(0, at), line.slice(at + 1, at + 300).trim());
  }
  return out;
}
