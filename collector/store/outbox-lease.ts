/** Claimed messages belong to one worker until a moment that it can put off; then anybody may take them. */
import type { ExpressionBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

type On = ExpressionBuilder<Tables, 'notifications'>;

export function unclaimed(on: On, now: number): ReturnType<On['or']> {
  return on.or([on('claimed_until', 'is', null), on('claimed_until', '<=', now)]);
}

/** The worker is alive and still sending: what is left of the claim stays its own until then. What another has taken stays the other's. */
export async function renew({ db }: Database, token: string, until: number): Promise<void> {
  await db.updateTable('notifications').set({ claimed_until: until }).where('claimed_by', '=', token).execute();
}

/** Gives claimed messages back untouched: the worker stops before it sent them. */
export async function release({ db }: Database, token: string): Promise<void> {
  await db
    .updateTable('notifications')
    .set((on) => ({ claimed_by: null, claimed_until: null, attempts: on('attempts', '-', 1) }))
    .where('claimed_by', '=', token)
    .execute();
}
