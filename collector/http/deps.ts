/** What the routes stand on: the domain as they use it. `collector/main.ts` gives the real things, tests may give others. */
import type { Logger } from 'pino';
import type { Accounts } from '../access/accounts.ts';
import type { Sessions } from '../access/sessions.ts';
import type { Advisories } from '../advisories/advisories.ts';
import type { Credentials } from '../fleet/credentials.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { InspectNow } from '../fleet/inspect-now.ts';
import type { Risks } from '../fleet/risks.ts';
import type { CheckTexts } from '../incident-news.ts';
import type { IncidentMachine } from '../incidents/machine.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { Assemble } from '../inspections/cluster-state.ts';
import type { SharedKey } from '../notify/shared-key.ts';
import type { Records } from '../records/records.ts';
import type { Reports } from '../reports/reports.ts';
import type { SignOffPages } from '../reports/sign-off.ts';
import type { SigningKey } from '../reports/signing-key.ts';
import type { SiteDesk } from '../site.ts';
import type { Database } from '../store/database.ts';
import type { NotificationStore } from '../store/notification-store.ts';
import type { RotaStore } from '../store/rota-store.ts';
import type { RouteStore } from '../store/route-store.ts';
import type { TargetStore } from '../store/target-store.ts';
import type { Policies } from '../support/policies.ts';
import type { ContractRules } from '../support-rules.ts';
import type { Gatekeeper } from './guard.ts';
import type { CollectorMetrics } from './metrics.ts';
import type { OidcClient } from './oidc.ts';

export interface AppDeps {
  readonly database: Database;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly fleet: Fleet;
  readonly credentials: Credentials;
  readonly ingest: Pick<Ingest, 'ingest'>;
  readonly incidents: IncidentMachine;
  readonly policies: Policies;
  /** Takes up another rule pack; left out where nobody reads packs. @returns whether another one counts */
  readonly refreshPack?: (() => Promise<boolean>) | undefined;
  /** For pages: what levels are called, and the zone of a site. */
  readonly rules: Pick<ContractRules, 'termsFor'>;
  readonly checkTexts: CheckTexts;
  /** A support centre stands above this collector. */
  readonly isFederated?: boolean | undefined;
  /** How the chart that brought this collector was installed, and what its own cluster is called here. */
  readonly installedAs?: { readonly cluster: string; readonly namespace: string; readonly release: string; readonly name: string } | undefined;
  readonly targets: TargetStore;
  /** Whether this collector has the key that the others have. */
  readonly sharedKey: Pick<SharedKey, 'isOurs' | 'agree'>;
  readonly routes: RouteStore;
  readonly rotas: RotaStore;
  readonly notifications: NotificationStore;
  readonly reports: Reports;
  readonly records: Records;
  readonly advisories: Advisories;
  readonly risks: Risks;
  readonly inspectNow: InspectNow;
  /** The document that a report would be written from. */
  readonly assemble: Assemble;
  /** Signs the manifests of reports. */
  readonly signingKey: () => Promise<SigningKey>;
  readonly signOffPages: SignOffPages;
  /** Networks that customers' targets may lead to although they are not public. */
  readonly allowedNetworks?: readonly string[] | undefined;
  readonly gatekeeper: Gatekeeper;
  readonly now: () => number;
  /** Of the program. */
  readonly version: string;
  readonly logger: Logger;
  readonly metrics: CollectorMetrics;
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether to take new work: false while starting and draining. */
  readonly isOpen: () => boolean;
  readonly oidc?: OidcClient | undefined;
  /** Where agents run beside this collector: what leaves their site is decided here. */
  readonly site?: SiteDesk | undefined;
  /** Opens /metrics on the main address for who sends it as a bearer token; without one it is not there. */
  readonly metricsToken?: string | undefined;
}
