/**
 * Lists of verdicts that have been read and checked before. Verdicts are half of an inspection's bytes, and machines of one kind
 * answer alike, the same machine from one inspection to the next: the same text is the same list. Everything else of the
 * inspection is parsed and checked as always.
 */
import { Buffer } from 'node:buffer';
import type { CheckVerdict } from '../../agent/wire/inspection.ts';
import type { WireInspection } from './wire-inspection.ts';

/** The last member of a payload, whose keys are in order. */
const MEMBER = ',"verdicts":[';
/** Lists that are remembered, and the longest one: with their texts some megabytes a thread. */
const MOST_LISTS = 64;
const LONGEST_LIST = 64 * 1_024;

const lists = new Map<string, readonly CheckVerdict[]>();

/** A payload's text without its list of verdicts, and that list. */
export interface KnownVerdicts {
  /** The same JSON with an empty list. */
  readonly rest: string;
  readonly verdicts: readonly CheckVerdict[];
}

/**
 * @param json of one object
 * @returns `undefined` when its list has not been met before. Where `rest` is what JSON.stringify writes and its `verdicts` are an
 *   empty list, the whole is what JSON.stringify writes as well
 */
export function withKnownVerdicts(json: string): KnownVerdicts | undefined {
  const from = listStart(json);
  if (from === undefined) return undefined;
  const verdicts = lists.get(json.slice(from, -1));
  return verdicts && { rest: `${json.slice(0, from)}[]}`, verdicts };
}

/** @param payload what the contract accepted of `json` */
export function rememberVerdicts(json: string, { verdicts }: WireInspection): void {
  const from = listStart(json);
  const text = JSON.stringify(verdicts);
  if (from === undefined || json.length - 1 - from !== text.length || json.slice(from, -1) !== text) return;
  if (lists.size >= MOST_LISTS) lists.delete(lists.keys().next().value ?? '');
  lists.set(Buffer.from(text).toString(), verdicts);
}

function listStart(json: string): number | undefined {
  const at = json.lastIndexOf(MEMBER);
  const from = at + MEMBER.length - 1;
  return at < 0 || !json.endsWith(']}') || json.length - from > LONGEST_LIST ? undefined : from;
}
