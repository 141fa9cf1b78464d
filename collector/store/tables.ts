/**
 * The tables as rows. The same on SQLite and PostgreSQL: times are milliseconds since 1970 in 64 bits, truth values are 0 or 1,
 * JSON is text, bytes are blobs. Ids are UUIDs unless a comment says otherwise. Rows never leave `store/`.
 */
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';

/** Set by the database's default, never changed. */
type Serial = ColumnType<number, never, never>;

export interface CustomersTable {
  id: string;
  name: string;
  /** IANA zone of the customer's site: contracts count in it. */
  zone: string;
  locale: string;
  /** JSON: contacts by role (`customer-representative`, …) with e-mail addresses. */
  contacts: string;
  demo: number;
  created_at: number;
}
export interface ContractsTable {
  id: string;
  customer_id: string;
  policy_id: string;
  tier: string;
  policy_version: number;
  starts_at: number;
  ends_at: number | null;
  /** JSON of what this contract changes. */
  overrides: string;
  created_at: number;
}
export interface ClustersTable {
  id: string;
  customer_id: string;
  contract_id: string | null;
  name: string;
  /** `kubernetes`, or `hosts` for machines without a cluster. */
  kind: string;
  zone: string | null;
  created_at: number;
}
/** Credentials of agents and integrations: a token writes its own cluster's data and nothing else. */
export interface TokensTable {
  id: string;
  cluster_id: string;
  /** Hexadecimal SHA-256 of 256 random bits. */
  hash: string;
  /** `agent`: sends its cluster's data; `integration`: another system that opens incidents of its cluster. */
  kind: Generated<string>;
  label: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}
export interface AgentsTable {
  cluster_id: string;
  /** Installation id of the agent (32 hexadecimal digits). */
  agent: string;
  role: string;
  node: string | null;
  version: string;
  boot: string;
  epoch: number;
  first_seen_at: number;
  last_seen_at: number;
  /** Seconds between heartbeats; null before the first. */
  heartbeat_seconds: number | null;
  last_heartbeat_at: number | null;
  last_inspection_at: number | null;
  /** JSON of the last heartbeat's outbox. */
  outbox: string | null;
  /** Agent's clock minus ours, milliseconds. */
  skew_ms: number | null;
  /** Since when it has been silent. */
  silent_since: number | null;
  /** Taken out of service by a person: its silence is no trouble. */
  retired_at: number | null;
  /** Process and sequence of the newest inspection: orders those of one process whatever its clock does. */
  inspection_boot: string | null;
  inspection_seq: number | null;
}
/** Payloads that were taken, for as long as an agent may repeat them. */
export interface ReceiptsTable {
  cluster_id: string;
  agent: string;
  boot: string;
  seq: number;
  kind: string;
  sha256: string;
  status: string;
  received_at: number;
  /** Why it was refused. */
  reason: string | null;
}
/** Raw inspections, gzip; they expire. */
export interface SnapshotsTable {
  id: string;
  cluster_id: string;
  agent: string;
  role: string;
  taken_at: number;
  received_at: number;
  epoch: number;
  sha256: string;
  score: number | null;
  coverage: number | null;
  bytes: number;
  body: Uint8Array;
}
/** Payloads of a version that this collector does not read yet, or that broke the contract; read again after an upgrade. */
export interface QuarantineTable {
  id: string;
  cluster_id: string;
  agent: string;
  boot: string;
  seq: number;
  kind: string;
  reason: string;
  received_at: number;
  body: Uint8Array;
}
/** What is wrong now and was wrong before: one row per identity and agent. */
export interface FindingsTable {
  cluster_id: string;
  /** Hexadecimal SHA-256 of check and scope. */
  identity: string;
  check_id: string;
  area: string;
  severity: string;
  /** JSON. */
  scope: string;
  scope_kind: string;
  namespace: string | null;
  name: string;
  node: string | null;
  observed: string | null;
  threshold: string | null;
  unit: string;
  agent: string;
  first_seen_at: number;
  last_seen_at: number;
  /** Not found any more by an inspection that answered its check. */
  gone_at: number | null;
  /** The check could not answer in the newest inspection. */
  unknown_since: number | null;
  /** Whose inspections decide that it is gone: an agent's id, or `cluster` for all replicas of the cluster agent together. */
  owner: string;
}
/** Client certificates (mTLS) of agents, bound to one cluster like tokens. */
export interface CertificatesTable {
  /** Hexadecimal SHA-256 of the certificate in DER. */
  fingerprint: string;
  cluster_id: string;
  label: string;
  created_at: number;
  revoked_at: number | null;
}
/** Numbers over time: raw series of each inspection folded to hours and days. */
export interface RollupsTable {
  cluster_id: string;
  /** e.g. `score`, `findings.critical`, `cpu.used-percent|<node>`. */
  series: string;
  /** `h` or `d`. */
  resolution: string;
  /** Start of the bucket, UTC. */
  at: number;
  samples: number;
  minimum: number;
  maximum: number;
  total: number;
  last: number;
  last_at: number;
}
export interface IncidentsTable {
  id: string;
  /** Short number that people say; counts from 1. */
  number: number;
  customer_id: string;
  cluster_id: string | null;
  contract_id: string | null;
  dedup_key: string;
  kind: string;
  state: string;
  signal_state: string;
  level: number;
  severity: string;
  rule: string;
  scope: string | null;
  title: string | null;
  source: string;
  policy: string;
  assignee: string | null;
  parent_id: string | null;
  group_key: string | null;
  follows_id: string | null;
  members: number;
  reopened: number;
  flapping: number;
  version: number;
  opened_at: number;
  acknowledged_at: number | null;
  resolved_at: number | null;
  closed_at: number | null;
  closure: string | null;
  updated_at: number;
  /** Earliest due time of a running clock, for lists. */
  next_due_at: number | null;
  breached: number;
  /** 1 while the dedup key may have no second incident. */
  active: number;
  /** Newest event of kind `signal`: unchanged facts are written down once an hour. */
  observed_at: number | null;
  /** Lower-case text that lists are searched by. */
  search: string | null;
  /** JSON: e-mail addresses of the customer that asked for every update. */
  subscribers: string | null;
}
export interface IncidentEventsTable {
  incident_id: string;
  version: number;
  at: number;
  event_time: number | null;
  kind: string;
  actor: string;
  policy: string;
  command_id: string | null;
  body: string;
}
/** Things that belong to one incident by correlation. */
export interface IncidentMembersTable {
  incident_id: string;
  dedup_key: string;
  rule: string;
  scope: string;
  severity: string;
  state: string;
  joined_at: number;
  updated_at: number;
  left_at: number | null;
}
/** Newest signal of every identity: orders late and repeated signals. */
export interface SignalsTable {
  cluster_id: string;
  dedup_key: string;
  agent: string;
  rule: string;
  scope: string;
  severity: string;
  state: string;
  /** Milliseconds, of the agent's evaluation. */
  at: number;
  since: number;
  observed: string | null;
  threshold: string | null;
  unit: string | null;
  flapping: number;
  maintenance: number;
  parent_key: string | null;
  epoch: number;
  updated_at: number;
  /** Process and payload that said so: within one process they order signals whatever its clock does. */
  boot: string | null;
  seq: number | null;
  family: string | null;
  /** JSON: newest changes between firing and clear, milliseconds, oldest first. */
  flips: string | null;
}
/** Duties of contracts and the collector's own timers. */
export interface TimersTable {
  incident_id: string;
  key: string;
  due_at: number;
  duty: string;
  claimed_by: string | null;
  claimed_until: number | null;
  done_at: number | null;
  late: number;
}
/** Planned changes and maintenance windows. */
export interface WindowsTable {
  id: string;
  customer_id: string;
  cluster_id: string | null;
  /** `maintenance` or `change`. */
  kind: string;
  scope: string | null;
  starts_at: number;
  ends_at: number;
  title: string;
  announced_at: number;
  approved_by: string | null;
  cancelled_at: number | null;
}
export interface TargetsTable {
  id: string;
  /** Null: the support centre's own. */
  customer_id: string | null;
  kind: string;
  name: string;
  /** JSON without secrets. */
  config: string;
  /** Encrypted JSON of secrets (AES-256-GCM under the collector's key), or null. */
  secrets: Uint8Array | null;
  enabled: number;
  created_at: number;
  /** Nothing is sent before: the target failed or asked to wait. */
  paused_until: number | null;
  /** Failures in a row. */
  failures: ColumnType<number, number | undefined, number>;
  /** JSON of the newest failure, null while it works. */
  error: string | null;
  claimed_at: number | null;
  /** Thousandths of a message that may be sent now, as of `refilled_at`. */
  tokens: number | null;
  refilled_at: number | null;
}
export interface RoutesTable {
  id: string;
  customer_id: string | null;
  target_id: string | null;
  rota_id: string | null;
  /** JSON: levels, event kinds, audiences, hours, quiet hours. */
  rules: string;
  position: number;
}
export interface RotasTable {
  id: string;
  name: string;
  /** JSON: zone, layers of shifts, overrides, fallback. */
  plan: string;
}
/** Transactional outbox of messages to people and other systems. */
export interface NotificationsTable {
  id: Serial;
  /** `target|incident|recipient|topic|version or duty`: the same message is never kept twice. */
  dedup: string;
  target_id: string;
  incident_id: string | null;
  incident_version: number | null;
  event: string;
  /** JSON of what is said. */
  message: string;
  state: string;
  attempts: number;
  next_at: number;
  claimed_by: string | null;
  claimed_until: number | null;
  external_id: string | null;
  error: string | null;
  created_at: number;
  sent_at: number | null;
  /** Messages of one lane are sent one after the other: `target|incident|recipient`. */
  lane: string;
  /** When it has to be said again (Alertmanager forgets alerts that nobody repeats). */
  repeat_at: number | null;
}
export interface UsersTable {
  id: string;
  /** Null: support staff. */
  customer_id: string | null;
  role: string;
  login: string;
  name: string;
  email: string | null;
  locale: string;
  /** scrypt, PHC string format; null until the first sign-in or with OIDC only. */
  password: string | null;
  issuer: string | null;
  subject: string | null;
  /** `invited`, `active`, `disabled`. */
  status: string;
  /** One of the customer's two administrators: `primary`, `backup`, or null. */
  administrator: string | null;
  approved_by: string | null;
  failures: number;
  locked_until: number | null;
  /** 1: a support user who serves the customers of all contracts. */
  serves_all: Generated<number>;
  created_at: number;
}
/** Wrong passwords in a row, per account and address. */
export interface SignInFailuresTable {
  /** Hexadecimal SHA-256 of login and address. */
  key: string;
  failures: number;
  last_at: number;
  blocked_until: number;
}
/** Which customers a support user serves; without a row and without `serves_all`: nobody. */
export interface ServesTable {
  user_id: string;
  customer_id: string;
}
export interface SessionsTable {
  /** Hexadecimal SHA-256 of the cookie's secret. */
  hash: string;
  user_id: string;
  csrf: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}
/** One-time links: first administrator, invitation, password reset. */
export interface LinksTable {
  hash: string;
  user_id: string | null;
  purpose: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}
/** Append-only, hash-chained. */
export interface AuditTable {
  id: Serial;
  at: number;
  actor: string;
  customer_id: string | null;
  action: string;
  object: string;
  details: string;
  previous: string;
  hash: string;
}
export interface SettingsTable {
  key: string;
  value: string;
}
/** Work that one collector does for all: who has it until when, and a token that grows with every change of hands. */
export interface LeasesTable {
  name: string;
  holder: string;
  until: number;
  token: number;
}

/** When reports are made by themselves. */
export interface ReportSchedulesTable {
  id: string;
  customer_id: string;
  /** Null: all clusters of the customer. */
  cluster_id: string | null;
  kind: string;
  /** JSON lists. */
  formats: string;
  locales: string;
  cron: string;
  /** IANA zone that the expression counts in. */
  zone: string;
  /** How long a period each report covers: `day`, `week`, `month`, `quarter`, `half-year`. */
  span: string;
  mail: number;
  enabled: number;
  next_at: number;
  last_at: number | null;
  created_at: number;
  /** JSON of the actor. */
  created_by: string;
}
/** A report as a job, and the document that it can be made again from. */
export interface ReportsTable {
  id: string;
  customer_id: string;
  cluster_id: string | null;
  schedule_id: string | null;
  /** The same request twice is one report. */
  request_key: string;
  kind: string;
  formats: string;
  locales: string;
  from_at: number | null;
  to_at: number;
  mail: number;
  /** `queued`, `running`, `done`, `failed`. */
  state: string;
  /** What is going on: `waiting`, `assembling`, `rendering`, `storing`, `ended`. */
  stage: string;
  /** Percent. */
  progress: number;
  attempts: number;
  next_at: number;
  claimed_by: string | null;
  claimed_until: number | null;
  /** Why it failed, one of our own words. */
  error: string | null;
  /** The model as JSON, gzip; with its digest before compression. */
  document: Uint8Array | null;
  document_sha256: string | null;
  created_at: number;
  created_by: string;
  finished_at: number | null;
  /** Until when the customer may confirm it. */
  confirm_until: number | null;
  confirmed_at: number | null;
  confirmed_by: string | null;
  /** JSON of what the customer said. */
  confirmation: string | null;
}
export interface ReportFilesTable {
  report_id: string;
  name: string;
  media_type: string;
  bytes: number;
  sha256: string;
  body: Uint8Array;
  created_at: number;
}
/** What people and other systems supply for reports: demands, changes, backups, plans, authored parts … */
export interface ReportRecordsTable {
  id: string;
  customer_id: string;
  /** Null: all clusters of the customer. */
  cluster_id: string | null;
  /** The cluster's id, or `*`. */
  subject: string;
  /** `demands`, `changes` …, as a record set calls them. */
  kind: string;
  /** What makes it the same record when it comes again. */
  key: string;
  /** JSON of the record. */
  body: string;
  created_at: number;
  updated_at: number;
  /** JSON of the actor. */
  updated_by: string;
}
/** Published defects of operating systems; of nobody in particular. */
export interface AdvisoriesTable {
  id: string;
  kind: string;
  severity: string;
  published_at: number;
  /** JSON list. */
  cves: string;
  score: number | null;
  source: string;
  imported_at: number;
}
/** The first version of a package, per product (`oe2203sp4`), that has the fix. */
export interface AdvisoryFixesTable {
  advisory_id: string;
  product: string;
  package: string;
  version: string;
}

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
}
export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
