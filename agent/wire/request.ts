/**
 * What a collector may ask of an agent, in the answer to what that sent: a closed list of words, a number, a lifetime. Nothing in it
 * can hold a setting, a query or code, and whether an agent does it is decided at the site.
 */

export const REQUEST_KINDS = ['inspect'] as const;
export interface AgentRequest {
  /** At random; an agent does each once. */
  readonly id: number;
  readonly kind: (typeof REQUEST_KINDS)[number];
  /** Seconds from its arrival within which it is begun or left: the clocks of both sides need not agree. */
  readonly validSeconds: number;
}
/** In one answer. */
export const MOST_REQUESTS = 4;
export const LONGEST_VALID_SECONDS = 3_600;

/** What a site lets be asked: nothing, or for an inspection ahead of its time. */
export const TAKES = ['none', 'inspect'] as const;
export type Takes = (typeof TAKES)[number];

/** What became of a request. `inspected`: done, and its payload is on the agent's disk. */
export const REQUEST_STATES = ['accepted', 'inspecting', 'inspected', 'refused'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
/**
 * Why not: the site does not allow it, one was done shortly before, its time was over, the site sends no inspections now, or the
 * inspection had no result.
 */
export const REFUSALS = ['not-allowed', 'too-often', 'too-late', 'withheld', 'failed'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What an agent says about the newest request that it heard of. */
export interface RequestReport {
  readonly id: number;
  readonly state: RequestState;
  /** Only with `refused`. */
  readonly refusal?: Refusal | undefined;
}

/**
 * @param value member `requests` of an answer
 * @returns those that are exactly of this form, {@link MOST_REQUESTS} at most; `undefined` when the collector does not ask at all
 */
export function readRequests(value: unknown): readonly AgentRequest[] | undefined {
  return Array.isArray(value) ? value.slice(0, MOST_REQUESTS).flatMap((one: unknown) => readRequest(one) ?? []) : undefined;
}
function readRequest(value: unknown): AgentRequest | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).sort().join() !== 'id,kind,validSeconds') return undefined;
  const { id, kind, validSeconds } = value as Readonly<Record<string, unknown>>;
  const known = REQUEST_KINDS.find((one) => one === kind);
  const isWhole = (number: unknown, most: number): number is number => Number.isSafeInteger(number) && Number(number) >= 1 && Number(number) <= most;
  return known && isWhole(id, Number.MAX_SAFE_INTEGER) && isWhole(validSeconds, LONGEST_VALID_SECONDS) ? { id, kind: known, validSeconds } : undefined;
}
