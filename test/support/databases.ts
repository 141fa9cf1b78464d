/** Both engines, for tests that must hold on each. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../collector/store/database.ts';
import { NO_POSTGRES, postgresUrl } from './postgres.ts';

/** Runs the same tests on a fresh SQLite and a fresh PostgreSQL; `database()` is open while they run. */
export function onBothEngines(title: string, tests: (database: () => Database) => void): void {
  for (const engine of ['sqlite', 'postgres'] as const) {
    const reason = engine === 'postgres' ? NO_POSTGRES : undefined;
    describe.skipIf(reason !== undefined)(`${title} on ${engine}${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
      let open: Database | undefined;
      beforeAll(async () => {
        open = await openDatabase({ url: engine === 'sqlite' ? 'sqlite::memory:' : await postgresUrl() });
      });
      afterAll(async () => {
        await open?.[Symbol.asyncDispose]();
      });
      tests(() => {
        if (!open) throw new Error('the database is not open');
        return open;
      });
    });
  }
}
