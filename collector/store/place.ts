/** Where a page of a list ended, as text for the next one: opaque to callers, values of the sort's columns to us. */
import { AppError } from '../errors.ts';

type Place = readonly (string | number)[];

export function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}
/** @throws AppError `invalid` for what {@link writePlace} did not write for this list */
export function readPlace(cursor: string, kinds: readonly ('number' | 'string')[]): Place {
  if (cursor.length <= 2_000) {
    try {
      const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
      if (Array.isArray(parsed) && parsed.length === kinds.length && kinds.every((kind, index) => typeof parsed[index] === kind)) return parsed as Place; // just looked at
    } catch {
      // said below
    }
  }
  throw new AppError('invalid', 'the cursor is not one of this list: begin again without it', { details: { field: 'cursor' } });
}
