/** What the collector does by the clock. */
import type { Logger } from 'pino';
import { silentAgents } from './fleet/agents.ts';
import type { AppDeps } from './http/deps.ts';
import type { OnSignals, OnTaken } from './ingest/apply.ts';
import { rereadQuarantine } from './ingest/reread.ts';
import { refreshStates } from './inspections/cluster-state.ts';
import type { JobSpec } from './job.ts';
import { errorFields } from './log.ts';
import { type MakerOptions, makeNext } from './reports/make-report.ts';
import { runSchedules } from './reports/schedules.ts';
import { prune, type Retention } from './retention/retention.ts';
import { findCustomerOf } from './store/fleet-store.ts';

export interface JobOptions {
  readonly deps: AppDeps;
  readonly onSignals: OnSignals;
  readonly onTaken?: OnTaken | undefined;
  readonly maker: MakerOptions;
  readonly retention: Retention;
  readonly logger: Logger;
  /** This process, unlike any other. */
  readonly holder: string;
  /** Since when it has been listening: nobody is silent towards a collector that was down. */
  readonly listeningSince: number;
}
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

export function jobsOf(options: JobOptions): readonly JobSpec[] {
  const { deps, onSignals, onTaken, maker, retention, logger } = options;
  return [
    // Timers are claimed row by row: every collector helps, and one that hangs holds nothing up.
    { name: 'timers', everyMs: 2 * SECOND_MS, where: 'everywhere', run: (now) => fireTimers(options, now) },
    { name: 'silence', everyMs: 5 * SECOND_MS, where: 'one-collector', run: (now) => watchSilence(options, now) },
    {
      name: 'reread',
      everyMs: HOUR_MS,
      where: 'one-collector',
      async run(now) {
        const { read } = await rereadQuarantine(deps.database, onSignals, now, undefined, onTaken);
        if (read > 0) logger.info({ read }, 'payloads left the quarantine');
      },
    },
    {
      // Each collector holds policies and calendars of its own.
      name: 'packs',
      everyMs: 15 * SECOND_MS,
      where: 'everywhere',
      async run(now) {
        if (!(await deps.refreshPack?.())) return;
        logger.info({ incidents: await deps.incidents.recomputeAll(now) }, 'another rule pack counts');
      },
    },
    {
      name: 'report-schedules',
      everyMs: 30 * SECOND_MS,
      where: 'one-collector',
      async run(now) {
        const made = await runSchedules(deps.database, now);
        if (made > 0) logger.info({ made }, 'reports fell due');
      },
    },
    {
      // Claimed row by row; one at a time in each collector, for it is another process that works.
      name: 'reports',
      everyMs: 2 * SECOND_MS,
      where: 'everywhere',
      async run(_now, signal) {
        while (!signal.aborted && (await makeNext(maker, signal)));
      },
    },
    {
      name: 'cluster-states',
      everyMs: 10 * SECOND_MS,
      where: 'one-collector',
      async run(_now, signal) {
        const parts = { db: deps.database.db, assemble: deps.assemble, version: deps.version };
        await refreshStates(parts, deps.now, { signal, onFault: (cluster, error) => logger.error({ cluster, ...errorFields(error) }, 'the state of a cluster could not be made') });
      },
    },
    {
      name: 'retention',
      everyMs: HOUR_MS,
      where: 'one-collector',
      async run(now, signal) {
        await deps.sessions.clean(now);
        await deps.accounts.clean(now);
        const { rows } = await prune(deps.database, retention, now, signal);
        if (Object.values(rows).some((count) => count > 0)) logger.info({ rows }, 'what had its time was deleted');
      },
    },
  ];
}

/** As long as there is something due: after an outage there may be thousands. */
async function fireTimers({ deps, holder, logger }: JobOptions, now: number): Promise<void> {
  const limit = 200;
  for (;;) {
    const { fired, failed } = await deps.incidents.runTimers(now, {
      by: holder,
      limit,
      onError: (error, { incidentId }) => logger.error({ incidentId, ...errorFields(error) }, 'a duty failed and is tried again'),
    });
    if (failed > 0) deps.metrics.count('timer-failed', failed);
    if (fired < limit) return;
  }
}

async function watchSilence({ deps: { database, incidents }, listeningSince, logger }: JobOptions, now: number): Promise<void> {
  const { silent, back } = await database.transaction(async (db) => {
    const found = await silentAgents(db, database.engine, now, { listeningSince });
    for (const [agents, tell] of [
      [found.back, incidents.agentBack],
      [found.silent, incidents.agentSilent],
    ] as const)
      for (const { clusterId, agent, role, node } of agents) {
        const customerId = await findCustomerOf(db, clusterId);
        if (customerId !== undefined) await tell(db, { customerId, clusterId, agent, role, node }, now);
      }
    return found;
  });
  if (silent.length + back.length > 0) logger.info({ silent: silent.length, back: back.length }, 'agents fell silent or came back');
}
