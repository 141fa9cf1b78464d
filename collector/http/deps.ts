/** What the routes stand on: the domain as they use it. `collector/main.ts` gives the real things, tests may give others. */
import type { Logger } from 'pino';
import type { Accounts } from '../access/accounts.ts';
import type { Sessions } from '../access/sessions.ts';
import type { Database } from '../store/database.ts';
import type { Gatekeeper } from './guard.ts';
import type { CollectorMetrics } from './metrics.ts';
import type { OidcClient } from './oidc.ts';

export interface AppDeps {
  readonly database: Database;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly gatekeeper: Gatekeeper;
  readonly now: () => number;
  readonly logger: Logger;
  readonly metrics: CollectorMetrics;
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether to take new work: false while starting and draining. */
  readonly isOpen: () => boolean;
  readonly oidc?: OidcClient | undefined;
  /** Opens /metrics on the main address for who sends it as a bearer token; without one it is not there. */
  readonly metricsToken?: string | undefined;
}
