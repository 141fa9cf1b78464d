/** Duties that fall due, as rows: any collector takes them, one at a time has each, and each is done once. */
import type { Duty } from '../support/clock.ts';
import type { Db, Engine } from './database.ts';

export interface ClaimedTimer {
  readonly incidentId: string;
  readonly duty: Duty;
  /** Fencing: only who holds this very claim may finish it. */
  readonly claim: { readonly by: string; readonly until: number };
}

/** Makes the open rows of an incident those of these duties. What was done stays done. */
export async function syncTimers(db: Db, incidentId: string, duties: readonly Duty[]): Promise<void> {
  const rows = await db.selectFrom('timers').select(['key', 'due_at', 'duty', 'done_at']).where('incident_id', '=', incidentId).execute();
  const known = new Map(rows.map((row) => [row.key, row]));
  const wanted = new Map(duties.map((duty) => [duty.key, duty]));
  const gone = rows.filter(({ key, done_at }) => done_at === null && !wanted.has(key)).map(({ key }) => key);
  if (gone.length > 0) await db.deleteFrom('timers').where('incident_id', '=', incidentId).where('key', 'in', gone).execute();
  const fresh = [...wanted.values()].filter(({ key }) => !known.has(key));
  if (fresh.length > 0) {
    await db
      .insertInto('timers')
      .values(
        fresh.map((duty) => ({
          incident_id: incidentId,
          key: duty.key,
          due_at: duty.dueAt,
          duty: JSON.stringify(duty),
          claimed_by: null,
          claimed_until: null,
          done_at: null,
          late: 0,
        })),
      )
      .execute();
  }
  for (const duty of wanted.values()) {
    const row = known.get(duty.key);
    const text = JSON.stringify(duty);
    if (!row || row.done_at !== null || (row.due_at === duty.dueAt && row.duty === text)) continue;
    await db
      .updateTable('timers')
      // A claim is on a moment: the same moment, told in other words, stays with who has it.
      .set({ duty: text, ...(row.due_at !== duty.dueAt && { due_at: duty.dueAt, claimed_by: null, claimed_until: null }) })
      .where('incident_id', '=', incidentId)
      .where('key', '=', duty.key)
      .execute();
  }
}

/** Takes what is due and nobody has; in a transaction of its own. */
export async function claimTimers(
  db: Db,
  engine: Engine,
  now: number,
  { by, leaseMs, limit }: { readonly by: string; readonly leaseMs: number; readonly limit: number },
): Promise<readonly ClaimedTimer[]> {
  let due = db
    .selectFrom('timers')
    .select(['incident_id', 'key', 'due_at', 'duty'])
    .where('done_at', 'is', null)
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .orderBy('due_at')
    .orderBy('incident_id')
    .limit(limit);
  if (engine === 'postgres') due = due.forUpdate().skipLocked();
  const rows = await due.execute();
  const claim = { by, until: now + leaseMs };
  for (const row of rows) {
    await db.updateTable('timers').set({ claimed_by: claim.by, claimed_until: claim.until }).where('incident_id', '=', row.incident_id).where('key', '=', row.key).execute();
  }
  return rows.map((row) => ({ incidentId: row.incident_id, duty: { ...(JSON.parse(row.duty) as Duty), dueAt: row.due_at }, claim }));
}

/** In the transaction of the duty's effect. @returns false when the claim was lost or the duty is another one by now */
export async function finishTimer(db: Db, { incidentId, duty, claim }: ClaimedTimer, now: number, late: boolean): Promise<boolean> {
  const result = await db
    .updateTable('timers')
    .set({ done_at: now, late: late ? 1 : 0 })
    .where('incident_id', '=', incidentId)
    .where('key', '=', duty.key)
    .where('due_at', '=', duty.dueAt)
    .where('claimed_by', '=', claim.by)
    .where('claimed_until', '=', claim.until)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Puts a duty off; for what is asked again until the answer is final. */
export async function postponeTimer(db: Db, { incidentId, duty }: Pick<ClaimedTimer, 'incidentId' | 'duty'>, dueAt: number): Promise<void> {
  await db
    .updateTable('timers')
    .set({ due_at: dueAt, claimed_by: null, claimed_until: null, done_at: null })
    .where('incident_id', '=', incidentId)
    .where('key', '=', duty.key)
    .execute();
}

/** When the next duty falls due. */
export async function nextTimerAt(db: Db): Promise<number | undefined> {
  const row = await db.selectFrom('timers').select('due_at').where('done_at', 'is', null).orderBy('due_at').limit(1).executeTakeFirst();
  return row?.due_at;
}
