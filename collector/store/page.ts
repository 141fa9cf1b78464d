/** Pages of lists that are ordered by a text and an id. The cursor is opaque to its carrier and worthless to a forger: visibility is checked anew. */
import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { AppError } from '../errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** To go on from; absent on the last page. */
  readonly next?: string | undefined;
}
export interface PageRequest {
  readonly cursor?: string | undefined;
  /** 200 at most; default 50. */
  readonly limit?: number | undefined;
}
const MOST = 200;

export function pageSize({ limit = 50 }: PageRequest): number {
  return Math.max(1, Math.min(MOST, Math.floor(limit)));
}

/** All items of all pages, in their order; `most` ends it early. */
export async function everyItem<T>(
  read: (request: PageRequest) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await read({ limit: MOST, ...(cursor !== undefined && { cursor }) });
    found.push(...items);
    if (next === undefined || found.length >= most) return found;
    cursor = next;
  }
}

/** Rows after the cursor, in the order of these two columns. @throws AppError `invalid` for a cursor that no page gave */
export function afterCursor({ cursor }: PageRequest, text: string, id: string): Expression<SqlBool> {
  if (cursor === undefined) return sql<SqlBool>`1 = 1`;
  const [afterText, afterId] = readCursor(cursor);
  return sql<SqlBool>`(${sql.ref(text)} > ${afterText} or (${sql.ref(text)} = ${afterText} and ${sql.ref(id)} > ${afterId}))`;
}

/** @param rows one more than the page holds, when there is one */
export function pageOf<R, T>(rows: readonly R[], size: number, toItem: (row: R) => T, keyOf: (row: R) => readonly [string, string]): Page<T> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(toItem);
  return rows.length > size && last !== undefined ? { items, next: Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') } : { items };
}

function readCursor(cursor: string): readonly [string, string] {
  if (cursor.length <= 2_000) {
    try {
      const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
      if (Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'string') return [parsed[0], parsed[1]];
    } catch {
      // said below
    }
  }
  throw new AppError('invalid', 'the cursor is not one that a page gave: start from the first page');
}
