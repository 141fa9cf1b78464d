import { describe, expect, it } from 'vitest';
import { jobs } from '../../../../agent/gatherers/cluster/workloads/jobs.ts';
import { CRON_JOBS, JOBS } from '../../../../agent/kube/resources.ts';
import { ago, condition, gather, HOSTILE, NOW } from './objects.ts';

function job(name: string, status: object, more: { spec?: object; owner?: string } = {}): object {
  return {
    metadata: { name, namespace: 'shop', creationTimestamp: ago(9_000), ...(more.owner && { ownerReferences: [{ kind: 'CronJob', name: more.owner }] }) },
    spec: more.spec ?? {},
    status,
  };
}
function cron(name: string, spec: object, status: object = {}): object {
  return { metadata: { name, namespace: 'shop', creationTimestamp: ago(86_400 * 30) }, spec, status };
}

describe('jobs', () => {
  it('are told when they failed, wait or run, and counted when they are done', async () => {
    const { value, report } = await gather(jobs, {
      objects: [
        [CRON_JOBS, []],
        [
          JOBS,
          [
            job('done', { conditions: [condition('Complete', 'True', 60)] }),
            job('kept', { conditions: [condition('Complete', 'True', 60)] }, { spec: { ttlSecondsAfterFinished: 60 } }),
            job('broken', { failed: 7, conditions: [condition('Failed', 'True', 1_000, { reason: 'BackoffLimitExceeded', message: 'SECRET' })] }),
            job('odd', { conditions: [condition('Failed', 'True', 1_000, { reason: 'SECRET-REASON' })] }),
            job('busy', { active: 2, startTime: ago(50_000) }),
            job('waiting', {}, { spec: { suspend: true } }),
          ],
        ],
      ],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ total: 6, succeeded: 2, failed: 2, active: 2, leftover: 3, reportsSuccess: true });
    expect(value['notable']).toMatchObject([
      { name: 'broken', state: 'failed', failure: 'BackoffLimitExceeded', failedAt: NOW - 1_000, failedPods: 7, recovered: false },
      { name: 'odd', failure: 'other' },
      { name: 'busy', state: 'running', startedAt: NOW - 50_000, activePods: 2 },
      { name: 'waiting', state: 'suspended' },
    ]);
    expect(JSON.stringify(value)).not.toContain('SECRET');
  });

  it('of a CronJob that succeeded since are recovered', async () => {
    const failed = { conditions: [condition('Failed', 'True', 5_000, { reason: 'DeadlineExceeded' })] };
    const { value } = await gather(jobs, {
      objects: [
        [CRON_JOBS, [cron('backup', { schedule: '0 3 * * *' }, { lastSuccessfulTime: ago(1_000) })]],
        [JOBS, [job('backup-1', failed, { owner: 'backup' }), job('other-1', failed, { owner: 'other' })]],
      ],
    });
    expect(value['notable']).toMatchObject([
      { name: 'other-1', cronJob: 'other', recovered: false },
      { name: 'backup-1', cronJob: 'backup', recovered: true },
    ]);
  });

  it('by schedule are told with their longest pause', async () => {
    const { value } = await gather(jobs, {
      objects: [
        [
          CRON_JOBS,
          [
            cron('backup', { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid' }, { lastScheduleTime: ago(7_200), lastSuccessfulTime: ago(7_000) }),
            cron('never', { schedule: '0 0 30 2 *', suspend: true, failedJobsHistoryLimit: 50 }, { active: [{}, {}] }),
          ],
        ],
        [JOBS, []],
      ],
    });
    expect(value).toMatchObject({ cronTotal: 2, cronSuspended: 1 });
    expect(value['cronJobs']).toMatchObject([
      { name: 'never', schedule: 'never', suspended: true, active: 2, concurrency: 'Allow', historyLimit: 50 },
      { name: 'backup', schedule: 'valid', periodSeconds: 86_400, lastSucceededAt: NOW - 7_000, concurrency: 'Forbid', historyLimit: 3 },
    ]);
  });

  it('of an old release say that successes are not told', async () => {
    const { value } = await gather(jobs, {
      objects: [
        [{ ...CRON_JOBS, versions: ['v1beta1'] }, [cron('backup', { schedule: '@daily' })]],
        [JOBS, []],
      ],
    });
    expect(value).toMatchObject({ reportsSuccess: false, cronTotal: 1 });
  });
  it('of any shape conform to the contract', async () => {
    const { report } = await gather(jobs, {
      objects: [
        [CRON_JOBS, HOSTILE],
        [JOBS, HOSTILE],
      ],
    });
    expect(report).toMatchObject({ status: 'ok' });
  });
});
