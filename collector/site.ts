/**
 * The agents' own folders, where the collector runs beside them: what leaves the site is shown and decided there. The functions behind it
 * are those of the commands (`approve`, `ledger`, `preview`, `resolve`); whoever starts the collector gives them, or leaves them out.
 */

/** From nothing to everything; the words of the agent's consent. */
export const SITE_LEVELS = ['off', 'heartbeat', 'health', 'full'] as const;
export type SiteLevel = (typeof SITE_LEVELS)[number];

export interface SiteConsent {
  readonly level: SiteLevel;
  /** Seconds that everything but heartbeats waits for an objection; `manual`: until it is approved. */
  readonly hold: number | 'manual';
}
export interface SiteLedgerLine {
  /** ISO 8601. */
  readonly at: string;
  readonly what: 'sending' | 'receipt';
  readonly kind: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Scheme, host and port. */
  readonly to: string;
  /** Only of receipts. */
  readonly answer?: string | undefined;
}
export interface SiteAgent {
  /** Its folder, as it is known here: no path. */
  readonly id: string;
  readonly consent: SiteConsent & {
    /** Unix seconds: what was kept until then may leave. */
    readonly approvedUntil: number;
  };
  /** Payloads on its disk that have not left, with the Unix seconds of the oldest. */
  readonly waiting: number;
  readonly oldestKeptAt?: number | undefined;
  /** Given up: refused, too old, or not let go by the site. */
  readonly givenUp: number;
  readonly ledger: {
    readonly payloads: number;
    readonly unanswered: number;
    readonly removed: number;
    /** Lines that were changed, moved or cannot be read. */
    readonly faults: number;
    /** Digest of the last line. */
    readonly root: string;
  };
}
export interface SiteDesk {
  /** Whether levels can be changed from here: not where they come from a ConfigMap. */
  readonly canDecide: () => Promise<boolean>;
  readonly agents: () => Promise<readonly SiteAgent[]>;
  /** Newest first. @returns undefined without such an agent */
  readonly ledger: (id: string, most: number) => Promise<readonly SiteLedgerLine[] | undefined>;
  /** The bytes of the last inspection, as they were sealed, and their digest. */
  readonly preview: (id: string) => Promise<{ readonly json: string; readonly sha256: string } | undefined>;
  /** What was kept until then, Unix seconds, may leave. @returns whether there is such an agent */
  readonly approve: (id: string, until: number) => Promise<boolean>;
  /** For all agents of the site. @throws when the folder cannot be written */
  readonly decide: (consent: SiteConsent) => Promise<void>;
  /** The name behind a pseudonym, where one of the agents has made it. */
  readonly resolve: (pseudonym: string) => Promise<string | undefined>;
}
