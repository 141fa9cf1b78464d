/** Incidents, their events, and what makes them go on. As the database has them; domain types are made by the stores. */

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
