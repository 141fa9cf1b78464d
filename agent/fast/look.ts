/** What a look is asked for and what it answers: plain data between the agent and the process that looks. */
import type { AgentOptions } from '../agent-options.ts';
import type { Evaluation } from '../triggers/evaluation.ts';
import type { Reason } from '../wire/vocabulary.ts';

export interface LookRequest {
  readonly options: AgentOptions;
}
/** A look that was taken. */
export interface Look {
  readonly evaluation: Evaluation;
  readonly durationMs: number;
  /** Of the look; in the cluster role of everything since the look before, events included. */
  readonly cpuMs: number;
  /** Resident memory of the process that looked. */
  readonly rssBytes: number;
  /** Sections that could not be read, with the reason. */
  readonly failed: readonly { readonly section: string; readonly reason: Reason }[];
  /** Cluster role: what its watches have asked for since they began. */
  readonly watches?: { readonly lists: number; readonly watches: number; readonly events: number } | undefined;
}
/** The look, or the kind of an error and its code. */
export type LookAnswer = { readonly look: Look } | { readonly error: string; readonly code?: string | undefined };

/** Longest that one look may take; the next begins after a minute. */
export const LOOK_DEADLINE_MS = 55_000;
