import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, numberAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { CRON_JOBS, JOBS, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { CONCURRENCIES, JOB_FAILURES, JOB_SECTIONS } from '../../../wire/sections/cluster/workloads-jobs.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { parseSchedule, type Schedule } from './cron-schedule.ts';
import { Notable } from './notable.ts';

type Jobs = Sections['jobs'];
type JobRow = Jobs['notable'][number];
type CronRow = Jobs['cronJobs'][number];

const { notable: NOTABLE, cronJobs: CRON } = JOB_SECTIONS.jobs.fields;
/** Last successes remembered to tell failures that are over; 100 bytes each. */
const MOST_SUCCESSES = 20_000;
const MOST_SCHEDULES = 2_000;

/** @param now Unix seconds */
export function parseCronJob(object: Json, now: number, parse: (text: string) => Schedule = parseSchedule): CronRow {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const namespace = namespaceOf(object);
  const schedule = parse(textAt(spec, 'schedule') ?? '');
  const policy = textAt(spec, 'concurrencyPolicy') ?? 'Allow';
  return {
    namespace,
    name: nameOf(object),
    system: isSystemNamespace(namespace),
    createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? now,
    suspended: spec['suspend'] === true,
    schedule: schedule.kind,
    periodSeconds: schedule.kind === 'valid' ? schedule.periodSeconds : undefined,
    lastScheduledAt: timeAt(status, 'lastScheduleTime'),
    lastSucceededAt: timeAt(status, 'lastSuccessfulTime'),
    active: listAt(status, 'active').length,
    concurrency: CONCURRENCIES.find((known) => known === policy) ?? 'other',
    historyLimit: Math.max(numberAt(spec, 'successfulJobsHistoryLimit') ?? 3, numberAt(spec, 'failedJobsHistoryLimit') ?? 1),
  };
}

/** Rough: whether a CronJob could interest a check; the checks decide with their thresholds. */
function rankOfCron(row: CronRow, now: number): number {
  const period = row.periodSeconds ?? 0;
  const late = !row.suspended && now - (row.lastSucceededAt ?? row.createdAt) > 2 * period;
  return row.schedule !== 'valid' || late ? 0 : row.suspended || row.active > 1 || row.historyLimit > 10 ? 1 : 2;
}

interface JobFacts {
  readonly ended: 'succeeded' | 'failed' | undefined;
  readonly row: JobRow | undefined;
  readonly leftover: boolean;
}
/** @param lastSuccess when the CronJob `namespace/name` last succeeded, Unix seconds */
export function parseJob(object: Json, lastSuccess: ReadonlyMap<string, number>, now: number): JobFacts {
  const status = objectAt(object, 'status');
  const spec = objectAt(object, 'spec');
  const condition = (type: string): unknown => listAt(status, 'conditions').find((one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True');
  const failed = condition('Failed');
  const ended = failed !== undefined ? 'failed' : condition('Complete') !== undefined ? 'succeeded' : undefined;
  const owners = listAt(object, 'metadata', 'ownerReferences');
  const leftover = ended !== undefined && owners.length === 0 && numberAt(spec, 'ttlSecondsAfterFinished') === undefined;
  if (ended === 'succeeded') return { ended, row: undefined, leftover };

  const namespace = namespaceOf(object);
  const cron = owners.find((owner) => textAt(owner, 'kind') === 'CronJob');
  const failedAt = timeAt(failed, 'lastTransitionTime');
  const success = cron === undefined ? undefined : lastSuccess.get(`${namespace}/${textAt(cron, 'name')}`);
  const reason = textAt(failed, 'reason');
  return {
    ended,
    leftover,
    row: {
      namespace,
      name: nameOf(object),
      system: isSystemNamespace(namespace),
      state: ended ?? (spec['suspend'] === true ? 'suspended' : 'running'),
      cronJob: textAt(cron, 'name'),
      recovered: success !== undefined && failedAt !== undefined && success > failedAt,
      createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? now,
      startedAt: timeAt(status, 'startTime'),
      failedAt,
      failure: failed === undefined ? undefined : (JOB_FAILURES.find((known) => known === reason) ?? 'other'),
      failedPods: Math.max(0, numberAt(status, 'failed') ?? 0),
      activePods: Math.max(0, numberAt(status, 'active') ?? 0),
    },
  };
}

/** CronJobs, and when each last succeeded, by `namespace/name`. */
async function readCronJobs(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<{ readonly rows: Notable<CronRow>; readonly lastSuccess: Map<string, number>; readonly cronTotal: number; readonly cronSuspended: number }> {
  const rows = new Notable<CronRow>(CRON.cap, 3);
  const lastSuccess = new Map<string, number>();
  const schedules = new Map<string, Schedule>();
  const parse = (text: string): Schedule => {
    const schedule = schedules.get(text) ?? parseSchedule(text);
    if (schedules.size < MOST_SCHEDULES) schedules.set(text, schedule);
    return schedule;
  };
  let cronTotal = 0;
  let cronSuspended = 0;
  for await (const object of cluster.list(CRON_JOBS, signal)) {
    const row = parseCronJob(object, cluster.now(), parse);
    cronTotal += 1;
    if (row.suspended) cronSuspended += 1;
    if (row.lastSucceededAt !== undefined && lastSuccess.size < MOST_SUCCESSES) lastSuccess.set(`${row.namespace}/${row.name}`, row.lastSucceededAt);
    rows.add(row, rankOfCron(row, cluster.now()));
  }
  return { rows, lastSuccess, cronTotal, cronSuspended };
}

/** CronJobs first, because they tell which failed Jobs are over. */
export async function gatherJobs(cluster: Cluster, signal: AbortSignal): Promise<Jobs> {
  const version = await cluster.servedVersion(CRON_JOBS, signal);
  const crons = version === undefined ? undefined : await readCronJobs(cluster, signal); // a release without CronJobs has Jobs alone
  const lastSuccess = crons?.lastSuccess ?? new Map<string, number>();
  const notable = new Notable<JobRow>(NOTABLE.cap, 4);
  const counts = { total: 0, active: 0, succeeded: 0, failed: 0, leftover: 0 };
  for await (const object of cluster.list(JOBS, signal)) {
    const { ended, row, leftover } = parseJob(object, lastSuccess, cluster.now());
    counts.total += 1;
    counts[ended ?? 'active'] += 1;
    if (leftover) counts.leftover += 1;
    if (row) notable.add(row, row.recovered ? 3 : row.state === 'failed' ? 0 : 1);
  }
  return {
    ...counts,
    cronTotal: crons?.cronTotal ?? 0,
    cronSuspended: crons?.cronSuspended ?? 0,
    reportsSuccess: version === 'v1',
    dropped: notable.dropped + (crons?.rows.dropped ?? 0),
    notable: notable.rows(),
    cronJobs: crons?.rows.rows() ?? [],
  };
}

export const jobs = clusterGatherer({ section: 'jobs', needs: [listing(JOBS), listing(CRON_JOBS)], deadlineMs: 120_000, gather: gatherJobs });
