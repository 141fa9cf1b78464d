/** Lists in pages. A cursor is opaque to callers: the place to go on from, so that rows that come or go in between shift nothing. */
import { z } from 'zod';
import { AppError } from '../errors.ts';

export const MOST_ITEMS = 200;
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(50),
  cursor: z.string().max(400).optional().describe('`next` of the page before'),
};
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional().describe('cursor of the next page; absent on the last one') });
}

/** A page that the domain made. */
export function pageView<T, V>({ items, next }: { readonly items: readonly T[]; readonly next?: string | undefined }, view: (item: T) => V): { items: V[]; next?: string } {
  return { items: items.map(view), ...(next !== undefined && { next }) };
}

/** One more than asked was fetched: whether there is a next page. @param place where the next page goes on, of its last shown item */
export function toPage<T, V>(found: readonly T[], limit: number, view: (item: T) => V, place: (item: T) => readonly (string | number)[]): { items: V[]; next?: string } {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), ...(found.length > limit && last !== undefined && { next: encodeCursor(place(last)) }) };
}
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}
/** @throws AppError `invalid` for anything that {@link encodeCursor} did not write */
export function decodeCursor<T extends z.ZodType>(cursor: string | undefined, shape: T): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('invalid', 'the cursor is not one of this list', { details: { field: 'cursor' }, cause });
  }
}
