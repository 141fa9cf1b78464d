/** Backups, systems and dates, from the sections of the newest inspections. Pure; times are Unix seconds. */
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Fact, Rows } from '../../../reports/facts/fact.ts';
import type { NodeSystem } from '../../../reports/facts/middleware.ts';
import type { CalendarEntry, LifecycleEntry } from '../../../reports/facts/period.ts';
import type { BackupRecord } from '../../../reports/facts/service.ts';
import { systemName } from '../host-facts.ts';
import { compare } from './inspected.ts';

/** A machine, or a cluster's agent, with what its inspection read. */
export interface Read {
  readonly machine: string;
  readonly inspection: { readonly sections: SomeSections };
}

/** Rows that a report prints of anything. */
const MOST_ROWS = 500;

/** etcd's backups as machines show them, Velero's schedules, and those of middleware that the configuration declares. */
export function backupsOf(inspected: readonly Read[]): Fact<Rows<BackupRecord>> {
  const rows: BackupRecord[] = [];
  let dropped = 0;
  for (const { machine, inspection } of inspected) {
    const { etcdHost, backups, middleware } = inspection.sections;
    if (etcdHost?.backupFound) rows.push({ name: machine, kind: 'etcd', newestAt: etcdHost.newestBackupAt, sizeBytes: etcdHost.newestBackupBytes, kept: etcdHost.backupCount });
    for (const { namespace, name, latest, latestCompletedAt } of backups?.schedules ?? [])
      rows.push({ name: `${namespace}/${name}`, kind: 'velero', newestAt: latestCompletedAt, ...(latest === 'failed' && { failed: 1 }) });
    for (const { product, instance, backupDeclared, backupAt, restoreTestedAt } of middleware?.rows ?? [])
      if (backupDeclared) rows.push({ name: backupName(instance), kind: product, newestAt: backupAt, ...(restoreTestedAt !== undefined && { restoreTestedAt }) });
    dropped += backups?.dropped ?? 0;
  }
  const asked = inspected.some(({ inspection: { sections } }) => sections.etcdHost !== undefined || sections.backups !== undefined || isDeclared(sections));
  if (!asked) return { missing: 'not-gathered' };
  return { value: { rows: rows.toSorted((one, other) => compare(one.kind + one.name, other.kind + other.name)).slice(0, MOST_ROWS), total: rows.length + dropped } };
}

function isDeclared({ middleware }: SomeSections): boolean {
  return middleware?.rows.some(({ backupDeclared }) => backupDeclared) ?? false;
}
/** As people call it: `payments/ledger-db` of `payments/StatefulSet/ledger-db`; an instance on a machine has no such middle. */
export function backupName(instance: string): string {
  const parts = instance.split('/');
  return parts.length === 3 && WORKLOADS.has(parts[1] ?? '') ? `${parts[0]}/${parts[2]}` : instance;
}
const WORKLOADS: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'DaemonSet']);

/** What is known of a release's life; from the tables that the program brings. */
export type SystemLife = (os: NonNullable<SomeSections['os']>) => Pick<NodeSystem, 'endOfSupportAt' | 'regularSupportEndsAt' | 'advised'> | undefined;

export function systemsOf(inspected: readonly Read[], lifeOf: SystemLife): Fact<Rows<NodeSystem>> {
  const rows = inspected.flatMap(({ machine, inspection: { sections } }): NodeSystem[] => {
    const { os, machine: hardware } = sections;
    if (os === undefined) return [];
    return [
      {
        node: machine,
        os: systemName(os.distribution, os.release ?? os.versionId),
        kernel: os.kernel,
        architecture: hardware?.architecture,
        updatedAt: os.packagesChangedAt,
        rebootPending: os.rebootRequired ?? os.newerKernelInstalled,
        ...lifeOf(os),
      },
    ];
  });
  return rows.length === 0 ? { missing: 'not-gathered' } : { value: { rows: rows.toSorted((one, other) => compare(one.node, other.node)), total: rows.length } };
}

/** Beyond it a date is nobody's task yet. */
const AHEAD_SECONDS = 366 * 86_400;

/** Certificates by machine that end within a year or have ended, soonest first. */
export function certificateDates(inspected: readonly Read[], now: number): readonly CalendarEntry[] {
  return inspected.flatMap(({ machine, inspection: { sections } }) => [
    ...(sections.certificates?.certificates ?? [])
      .filter(({ notAfter }) => notAfter < now + AHEAD_SECONDS)
      .map(({ name, notAfter, isCa, store }): CalendarEntry => ({ kind: 'certificate', name: `${machine} / ${name}`, dueAt: notAfter, note: isCa ? `${store} CA` : store })),
    ...(sections.webhooks?.rows ?? [])
      .filter(({ caExpiresAt }) => caExpiresAt !== undefined && caExpiresAt < now + AHEAD_SECONDS)
      .map(({ name, kind, caExpiresAt }): CalendarEntry => ({ kind: 'certificate', name: `${kind} / ${name}`, dueAt: caExpiresAt ?? 0, note: 'webhook CA' })),
  ]);
}

/** Soonest first, as many as a report prints. */
export function calendarOf(entries: readonly CalendarEntry[]): Rows<CalendarEntry> {
  const sorted = entries.toSorted((one, other) => one.dueAt - other.dueAt || compare(one.kind + one.name, other.kind + other.name));
  return { rows: sorted.slice(0, MOST_ROWS), total: sorted.length };
}

export function lifecycleDates(entries: readonly LifecycleEntry[]): readonly CalendarEntry[] {
  return entries.flatMap(({ product, version, endOfSupportAt, source, inUse }) =>
    endOfSupportAt === undefined || inUse === 0 ? [] : [{ kind: 'lifecycle' as const, name: `${product} ${version}`.trim(), dueAt: endOfSupportAt, source }],
  );
}
/** Under the number that the cover gives it. @param ref the policy that it follows */
export function contractDates(endsAt: number | null, number: string | undefined, ref: string): readonly CalendarEntry[] {
  return endsAt === null ? [] : [{ kind: 'contract', name: number ?? ref, note: ref, dueAt: Math.floor(endsAt / 1_000) }];
}
