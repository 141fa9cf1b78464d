/** What a site lets leave, as its agents tell it in a heartbeat: a collector shows it and can change nothing of it. */
import type { Group } from './vocabulary.ts';

/** Signs of life, also what is wrong, also what was seen. Nobody says `off`: then not even this leaves. */
export const LEAVING = ['heartbeat', 'health', 'full'] as const;
/** Whether what is more than a heartbeat waits: not, for some time in which somebody may object, until it is approved. */
export const HOLDS = ['none', 'timed', 'manual'] as const;

export interface Leaves {
  readonly level: (typeof LEAVING)[number];
  readonly hold: (typeof HOLDS)[number];
  /** Groups of facts that are not read at all. */
  readonly optOut: readonly Group[];
}
