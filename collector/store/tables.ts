/**
 * The tables as rows. The same on SQLite and PostgreSQL: times are milliseconds since 1970 in 64 bits, truth values are 0 or 1,
 * JSON is text, bytes are blobs. Ids are UUIDs unless a comment says otherwise. Rows never leave `store/`.
 */
import type { Insertable, Selectable } from 'kysely';
import type { AuditTable, LinksTable, ServesTable, SessionsTable, SignInFailuresTable, UsersTable } from './tables/access-tables.ts';
import type { BundleOriginsTable, BundlePartsTable, SignalPayloadsTable } from './tables/carried-tables.ts';
import type { LeasesTable, SettingsTable } from './tables/collector-tables.ts';
import type { FederationIncidentsTable, FederationLinksTable, RelaysTable } from './tables/federation-tables.ts';
import type {
  AgentsTable,
  CertificatesTable,
  ClustersTable,
  ContractsTable,
  CustomersTable,
  InspectionRequestAgentsTable,
  InspectionRequestsTable,
  TokensTable,
} from './tables/fleet-tables.ts';
import type { IncidentEventsTable, IncidentMembersTable, IncidentsTable, SignalsTable, TimersTable, WindowsTable } from './tables/incident-tables.ts';
import type { FindingsTable, QuarantineTable, ReceiptsTable, RollupsTable, SnapshotsTable } from './tables/inspection-tables.ts';
import type { NotificationsTable, RotasTable, RoutesTable, TargetsTable } from './tables/notify-tables.ts';
import type { PacksTable } from './tables/pack-tables.ts';
import type { AdvisoriesTable, AdvisoryFixesTable, ReportFilesTable, ReportRecordsTable, ReportSchedulesTable, ReportsTable } from './tables/report-tables.ts';

/** The newest inspections of a cluster put together, as the console shows them; made again when one arrives. */
export interface ClusterStatesTable {
  cluster_id: string;
  made_at: number;
  /** Of the newest inspection in it. */
  as_of: number;
  /** Of the program that made it: another one makes it anew. */
  version: string;
  score: number | null;
  /** Percent. */
  coverage: number;
  checked: number;
  applicable: number;
  /** JSON, gzip. */
  document: Uint8Array;
}
/** Findings that somebody answers for until a date. */
export interface AcceptedRisksTable {
  id: string;
  cluster_id: string;
  identity: string;
  check_id: string;
  owner: string;
  reason: string;
  expires_at: number;
  created_at: number;
  /** JSON of the actor. */
  created_by: string;
  withdrawn_at: number | null;
  /** JSON of the actor. */
  withdrawn_by: string | null;
}

export interface Tables {
  customers: CustomersTable;
  contracts: ContractsTable;
  clusters: ClustersTable;
  tokens: TokensTable;
  certificates: CertificatesTable;
  agents: AgentsTable;
  inspection_requests: InspectionRequestsTable;
  inspection_request_agents: InspectionRequestAgentsTable;
  receipts: ReceiptsTable;
  snapshots: SnapshotsTable;
  quarantine: QuarantineTable;
  findings: FindingsTable;
  rollups: RollupsTable;
  incidents: IncidentsTable;
  incident_events: IncidentEventsTable;
  incident_members: IncidentMembersTable;
  signals: SignalsTable;
  timers: TimersTable;
  windows: WindowsTable;
  targets: TargetsTable;
  routes: RoutesTable;
  rotas: RotasTable;
  notifications: NotificationsTable;
  users: UsersTable;
  sign_in_failures: SignInFailuresTable;
  serves: ServesTable;
  sessions: SessionsTable;
  links: LinksTable;
  audit: AuditTable;
  settings: SettingsTable;
  leases: LeasesTable;
  report_schedules: ReportSchedulesTable;
  reports: ReportsTable;
  report_files: ReportFilesTable;
  report_records: ReportRecordsTable;
  advisories: AdvisoriesTable;
  advisory_fixes: AdvisoryFixesTable;
  cluster_states: ClusterStatesTable;
  accepted_risks: AcceptedRisksTable;
  signal_payloads: SignalPayloadsTable;
  bundle_origins: BundleOriginsTable;
  bundle_parts: BundlePartsTable;
  packs: PacksTable;
  federation_links: FederationLinksTable;
  relays: RelaysTable;
  federation_incidents: FederationIncidentsTable;
}
export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
