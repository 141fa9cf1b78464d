/**
 * RPM's database in SQLite (rpm 4.16 and later, openEuler 22.03 and later): table `Packages` of headers, `Name` an index to it. Only the
 * headers of the wanted names are read. Opened read-only and as unchanging, so that nothing is written beside it.
 */
import { pathToFileURL } from 'node:url';
import { UnreadableError } from '../../gatherers/gatherer.ts';
import type { InstalledPackage } from './installed-package.ts';
import { parseRpmHeader } from './rpm-header.ts';

/** A header with a changelog of decades has half a megabyte. */
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
/** Of one name: kernels and keys have several. */
const MOST_OF_A_NAME = 20;

/** @throws UnreadableError `malformed` when it is no such database */
export async function* rpmSqlitePackages(path: string, names: readonly string[], signal: AbortSignal): AsyncGenerator<InstalledPackage | undefined> {
  const { DatabaseSync } = await import('node:sqlite');
  const url = pathToFileURL(path);
  url.search = '?mode=ro&immutable=1';
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    // A view could be anything, also endless: only plain tables are asked.
    const tables = database.prepare("SELECT count(*) AS found FROM sqlite_schema WHERE type = 'table' AND name IN ('Name', 'Packages')").get();
    if (tables?.['found'] !== 2) throw new UnreadableError('malformed');
    const rowsOf = database.prepare('SELECT hnum FROM Name WHERE key = ? LIMIT ?');
    const headerOf = database.prepare('SELECT blob FROM Packages WHERE hnum = ? AND length(blob) <= ?');
    for (const name of names) {
      signal.throwIfAborted();
      for (const { hnum } of rowsOf.all(name, MOST_OF_A_NAME)) {
        const blob = typeof hnum === 'number' ? headerOf.get(hnum, MOST_BLOB_BYTES)?.['blob'] : undefined;
        yield blob instanceof Uint8Array ? parseRpmHeader(blob) : undefined;
      }
    }
  } catch (cause) {
    if (isSqliteFault(cause)) throw new UnreadableError('malformed', { cause });
    throw cause;
  } finally {
    database.close();
  }
}
function isSqliteFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
