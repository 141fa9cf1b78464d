/**
 * Lists of verdicts that have been read and checked before. Verdicts are half of an inspection's bytes, and machines of one kind
 * answer alike, the same machine from one inspection to the next: the same text is the same list.
 */
import { Buffer } from 'node:buffer';
import type { CheckVerdict } from '../../agent/wire/inspection.ts';

/** Lists that are remembered, and the longest one: with their texts some megabytes a thread. */
const MOST_LISTS = 64;
const LONGEST_LIST = 64 * 1_024;

const lists = new Map<string, readonly CheckVerdict[]>();

/** @returns the same list every time, or `undefined` when it has not been met before */
export function knownVerdicts(text: string): readonly CheckVerdict[] | undefined {
  return text.length <= LONGEST_LIST ? lists.get(text) : undefined;
}

/** @param text ASCII, that the contract accepts, as JSON.stringify writes it */
export function rememberVerdicts(text: string, verdicts: readonly CheckVerdict[]): readonly CheckVerdict[] {
  if (text.length > LONGEST_LIST) return verdicts;
  if (lists.size >= MOST_LISTS) lists.delete(lists.keys().next().value ?? '');
  // A copy: a piece of a text keeps the whole text alive.
  lists.set(Buffer.from(text).toString(), verdicts);
  return verdicts;
}
