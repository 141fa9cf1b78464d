/** Reports that fall due: each turn of a schedule becomes one job, also when the collector was away, and never two. */
import type { Actor } from '../incidents/event.ts';
import type { Database } from '../store/database.ts';
import { dueSchedules, moveSchedule, type ReportSchedule } from '../store/report-schedule-store.ts';
import { insertReport } from '../store/report-store.ts';
import { nextTurn, periodBefore } from './periods.ts';

const AT_ONCE = 50;
/** A schedule without another turn rests; it cannot be saved like that, but a zone's rules may change. */
const NEVER = 8.64e15;
const SYSTEM: Actor = { kind: 'system' };

/** Of turns that were missed, the last one is made: its period is the newest, and those before can be asked for. @returns jobs that are new */
export async function runSchedules(database: Database, now: number): Promise<number> {
  return await database.transaction(async (db) => {
    let made = 0;
    for (const schedule of await dueSchedules(db, database.engine, now, AT_ONCE)) {
      const turn = lastTurn(schedule, now);
      const { from, to } = periodBefore(schedule.span, schedule.zone, turn);
      const { customerId, clusterId, kind, formats, locales, mail, id } = schedule;
      const { isNew } = await insertReport(db, { customerId, clusterId, kind, formats, locales, mail, from, to, scheduleId: id, requestKey: `schedule|${id}|${to}` }, SYSTEM, now);
      if (isNew) made += 1;
      await moveSchedule(db, id, nextTurn(schedule.cron, schedule.zone, now) ?? NEVER, turn);
    }
    return made;
  });
}

/** The newest turn that is not in the future. */
function lastTurn({ cron, zone, nextAt }: ReportSchedule, now: number): number {
  let turn = nextAt;
  for (let count = 0; count < 10_000; count += 1) {
    const next = nextTurn(cron, zone, turn);
    if (next === undefined || next > now) break;
    turn = next;
  }
  return turn;
}
