/** What an answer of the collector means for the payloads that were sent. Pure: status, headers and text in, a decision out. */
import { payloadId, RECEIPT_STATES, type Receipt } from '../wire/envelope.ts';
import { type AgentRequest, readRequests } from '../wire/request.ts';
import type { RecordHead } from './record.ts';

/** Why nothing is known of what became of a request. Closed words for logs and metrics. */
export const TROUBLES = [
  'unreachable',
  'name-unknown',
  'timeout',
  'untrusted',
  'proxy-failed',
  'busy',
  'server-error',
  'malformed-answer',
  'credentials-unusable',
  'disk-unreadable',
  'ledger-unwritable',
] as const;
export type Trouble = (typeof TROUBLES)[number];
/** Why sending stops until somebody changes something. */
export const STOPS = ['unauthorized', 'forbidden', 'misdirected', 'proxy-refused'] as const;
export type Stop = (typeof STOPS)[number];

export type Outcome =
  /** Receipts by id; a payload without one was not taken. `requests` is left out by collectors that ask nothing. */
  | { readonly kind: 'answered'; readonly receipts: ReadonlyMap<string, Receipt>; readonly requests?: readonly AgentRequest[] | undefined }
  | { readonly kind: 'retry'; readonly trouble: Trouble; readonly afterMs?: number | undefined }
  /** Too much at once. */
  | { readonly kind: 'split' }
  | { readonly kind: 'stop'; readonly stop: Stop }
  /** At least one payload is not acceptable, and it is not said which. */
  | { readonly kind: 'reject'; readonly word: string };

/** Statuses that speak of the request's content; the others in 4xx speak of where it was sent. */
const CONTENT_FAULTS = new Set([400, 409, 415, 422]);
/** Codes of this project's collectors. A stranger's words stand in no file name and no ledger of the site. */
const REFUSALS = ['invalid', 'conflict', 'too-large', 'unsupported', 'schema-unknown', 'malformed', 'digest', 'contract'] as const;
/** Longest Retry-After that is obeyed. */
const MOST_WAIT_MS = 15 * 60_000;

export function outcomeOf(status: number, headers: Readonly<Record<string, unknown>>, text: string, heads: readonly RecordHead[]): Outcome {
  if (status === 200 || status === 202) return receiptsOf(text, heads);
  const afterMs = retryAfterMs(headers);
  if (status === 408 || status === 425 || status === 429 || status === 503) return { kind: 'retry', trouble: 'busy', afterMs };
  if (status >= 500) return { kind: 'retry', trouble: 'server-error', afterMs };
  if (status === 401) return { kind: 'stop', stop: 'unauthorized' };
  if (status === 403) return { kind: 'stop', stop: 'forbidden' };
  if (status === 407) return { kind: 'stop', stop: 'proxy-refused' };
  if (status === 413) return { kind: 'split' };
  if (CONTENT_FAULTS.has(status)) return { kind: 'reject', word: codeOf(text) ?? `status-${status}` };
  if (status >= 300) return { kind: 'stop', stop: 'misdirected' };
  return { kind: 'retry', trouble: 'malformed-answer' };
}

/** Only a receipt that names both the id and the digest of a payload that was sent counts. */
function receiptsOf(text: string, heads: readonly RecordHead[]): Outcome {
  const answer = parse(text);
  const list = member(answer, 'receipts');
  const requests = readRequests(member(answer, 'requests'));
  const sent = new Map(heads.map((head) => [payloadId(head), head]));
  const receipts = new Map<string, Receipt>();
  for (const one of Array.isArray(list) ? list.slice(0, heads.length) : []) {
    const [id, sha256, status, reason] = ['id', 'sha256', 'status', 'reason'].map((key) => member(one, key));
    const state = RECEIPT_STATES.find((known) => known === status);
    if (typeof id !== 'string' || state === undefined || sent.get(id)?.sha256 !== sha256) continue;
    receipts.set(id, { id, sha256: String(sha256), status: state, ...(isReason(reason) && { reason }) });
  }
  return receipts.size === 0 ? { kind: 'retry', trouble: 'malformed-answer' } : { kind: 'answered', receipts, ...(requests && { requests }) };
}

/** Milliseconds, bounded. A date is read against the server's own clock, not against ours. */
function retryAfterMs(headers: Readonly<Record<string, unknown>>): number | undefined {
  const text = headerText(headers, 'retry-after');
  const asked = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.parse(headerText(headers, 'date'));
  return Number.isFinite(asked) && asked >= 0 ? Math.min(asked, MOST_WAIT_MS) : undefined;
}

function headerText(headers: Readonly<Record<string, unknown>>, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
}
function codeOf(text: string): string | undefined {
  const code = member(parse(text), 'code');
  return REFUSALS.find((known) => known === code);
}
function isReason(value: unknown): value is NonNullable<Receipt['reason']> {
  return value === 'malformed' || value === 'digest' || value === 'contract' || value === 'too-large';
}
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
