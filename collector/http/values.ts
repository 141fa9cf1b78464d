/** Values that many requests and answers hold. */
import { z } from 'zod';
import { LOCALES } from '../../agent/wire/vocabulary.ts';

/** Ids are ours: nothing else is looked up. */
export const Id = z.string().regex(/^[\w-]{1,64}$/, 'an id');
export const IdParams = z.strictObject({ id: Id });
/** One line of text that people typed: no control characters. */
export function line(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line of text');
}
/** What somebody looks for; blanks alone are nothing. */
export const Search = z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), line(200).optional());
/** Text of several lines. */
export function paragraphs(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, 'text');
}
export const Locale = z.enum(LOCALES);
/** Milliseconds since 1970, UTC. */
export const Time = z.number().int().describe('milliseconds since 1970-01-01T00:00:00Z');
/** A time in a request: milliseconds, or ISO 8601 with its offset. */
export const TimeInput = z.union([z.number().int().min(0).max(8.64e15), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);
/** The same in a query, where everything is text. */
export const TimeQuery = z.union([
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);
export const Login = z
  .string()
  .trim()
  .min(2)
  .max(120)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]*$/u, 'letters, digits, . _ @ + -');
export const Email = z.email().max(254);
