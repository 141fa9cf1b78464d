import { boolAt, nameOf, namespaceOf, textAt, timeAt } from '../../../kube/read.ts';
import { listing, VELERO_BACKUPS, VELERO_SCHEDULES, VELERO_STORAGE_LOCATIONS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { BACKUP_PHASES } from '../../../wire/sections/cluster/objects-storage.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf, labelOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

type BackupPhase = (typeof BACKUP_PHASES)[number];
interface Latest {
  startedAt: number;
  phase: BackupPhase;
  completedAt: number | undefined;
}
const PHASES: Readonly<Record<string, BackupPhase>> = {
  Completed: 'completed',
  PartiallyFailed: 'partially-failed',
  FinalizingPartiallyFailed: 'partially-failed',
  WaitingForPluginOperationsPartiallyFailed: 'partially-failed',
  Failed: 'failed',
  FailedValidation: 'failed',
  New: 'running',
  Queued: 'running',
  ReadyToStart: 'running',
  InProgress: 'running',
  Finalizing: 'running',
  WaitingForPluginOperations: 'running',
};
const MOST_SCHEDULES = 2_000;

export function phaseOf(backup: unknown): BackupPhase {
  const phase = textAt(backup, 'status', 'phase') ?? 'New';
  return (Object.hasOwn(PHASES, phase) ? PHASES[phase] : undefined) ?? 'other';
}

/** Latest backup by `namespace/schedule`. One that still runs does not hide the result before it. */
export class LatestBackups {
  readonly #bySchedule = new Map<string, Latest>();
  latestCompletedAt: number | undefined;

  add(backup: unknown): void {
    const phase = phaseOf(backup);
    const completedAt = phase === 'completed' ? timeAt(backup, 'status', 'completionTimestamp') : undefined;
    if (completedAt !== undefined) this.latestCompletedAt = Math.max(this.latestCompletedAt ?? 0, completedAt);
    const schedule = labelOf(backup, 'velero.io/schedule-name');
    if (schedule === undefined || phase === 'running') return;
    const key = `${namespaceOf(backup)}/${schedule}`;
    const startedAt = timeAt(backup, 'status', 'startTimestamp') ?? createdAtOf(backup);
    const known = this.#bySchedule.get(key);
    if (!known) {
      if (this.#bySchedule.size < MOST_SCHEDULES) this.#bySchedule.set(key, { startedAt, phase, completedAt });
      return;
    }
    if (startedAt > known.startedAt) Object.assign(known, { startedAt, phase });
    if (completedAt !== undefined) known.completedAt = Math.max(known.completedAt ?? 0, completedAt);
  }
  of(namespace: string, schedule: string): Pick<Latest, 'phase' | 'completedAt'> | undefined {
    return this.#bySchedule.get(`${namespace}/${schedule}`);
  }
}

export const backups = clusterGatherer({
  section: 'backups',
  needs: [VELERO_BACKUPS, VELERO_SCHEDULES, VELERO_STORAGE_LOCATIONS].map(listing),
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const latest = new LatestBackups();
    let total = 0;
    for await (const item of cluster.list(VELERO_BACKUPS, signal)) {
      total += 1;
      latest.add(item);
    }
    const schedules = new NotableRows<Sections['backups']['schedules'][number]>(500);
    for await (const item of cluster.list(VELERO_SCHEDULES, signal)) {
      const found = latest.of(namespaceOf(item), nameOf(item));
      schedules.add(
        {
          namespace: namespaceOf(item),
          name: nameOf(item),
          paused: boolAt(item, 'spec', 'paused') === true,
          latest: found?.phase ?? 'none',
          ...(found?.completedAt !== undefined && { latestCompletedAt: found.completedAt }),
          createdAt: createdAtOf(item),
        },
        found?.phase !== 'completed',
      );
    }
    const locations = new NotableRows<Sections['backups']['locations'][number]>(100);
    for await (const item of cluster.list(VELERO_STORAGE_LOCATIONS, signal)) {
      const available = textAt(item, 'status', 'phase') === 'Available';
      locations.add({ namespace: namespaceOf(item), name: nameOf(item), available, default: boolAt(item, 'spec', 'default') === true }, !available);
    }
    return {
      total,
      ...(latest.latestCompletedAt !== undefined && { latestCompletedAt: latest.latestCompletedAt }),
      dropped: schedules.dropped + locations.dropped,
      schedules: schedules.rows,
      locations: locations.rows,
    };
  },
});
