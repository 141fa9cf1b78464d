/** Batches of signals as they travelled: what a bundle carries on, beside the inspections. */
import type { Db } from './database.ts';
import type { Row } from './tables.ts';

export type SignalPayloadRow = Row<'signal_payloads'>;

const ROWS_AT_ONCE = 100;

/** A payload that comes once more after its receipt has expired stands here already. */
export async function insertSignalPayloads(db: Db, rows: readonly SignalPayloadRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await db
      .insertInto('signal_payloads')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
