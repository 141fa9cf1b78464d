/** The chosen series of the API server's `/metrics`, from 1.20 to 1.36: names changed, meanings did not. */
import type { Sections } from '../../../wire/section-values.ts';
import { API_GROUPS, API_RESOURCES } from '../../../wire/sections/cluster/control-plane-api.ts';
import { toVersion } from '../../../wire/version.ts';
import { Histogram, type Reader, readSample } from './metrics-text.ts';

export type Deprecated = Sections['apiMetrics']['deprecated'][number];
export type Resource = (typeof API_RESOURCES)[number];
type Group = (typeof API_GROUPS)[number];
type Label = Parameters<Reader>[1];

/** Sums that only grow, or levels; a key without a value was not in the text. */
export type Total =
  | 'requests'
  | 'errors'
  | 'terminated'
  | 'rejected'
  | 'webhookFailures'
  | 'webhookCalls'
  | 'aggregatedDown'
  | 'auditEvents'
  | 'auditErrors'
  | 'longRunning'
  | 'readOnly'
  | 'mutating'
  | 'nominalSeats'
  | 'concurrencyLimit'
  | 'startedAt'
  | 'cpuSeconds'
  | 'residentBytes'
  | 'openFiles'
  | 'maxFiles';

const RESOURCES: ReadonlySet<string> = new Set(API_RESOURCES);
const GROUPS: ReadonlySet<string> = new Set(API_GROUPS);
/** Streams and hand-overs: how long they last says nothing about the server. */
const STREAMS: ReadonlySet<string> = new Set(['proxy', 'attach', 'log', 'exec', 'portforward']);
/** Requests for one object; lists have an objective of their own (30 s), and this inspection is itself a lister. */
const SINGLE: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'APPLY', 'DELETE']);
const MOST_DEPRECATED = 1_000;

/** What one reading of `/metrics` adds up to. */
export class ApiMetricsTally {
  readonly totals = new Map<Total, number>();
  readonly latency = new Histogram();
  readonly etcdLatency = new Histogram();
  readonly webhookLatency = new Histogram();
  readonly clientCertificates = new Histogram();
  readonly objects = new Map<Resource, number>();
  readonly deprecated = new Map<string, Deprecated>();
  #databaseBytes: number | undefined;
  readonly #readers: ReadonlyMap<string, Reader>;

  constructor() {
    const sum =
      (key: Total): Reader =>
      (value) =>
        this.#add(key, value);
    this.#readers = new Map<string, Reader>([
      ['process_start_time_seconds', sum('startedAt')],
      ['process_cpu_seconds_total', sum('cpuSeconds')],
      ['process_resident_memory_bytes', sum('residentBytes')],
      ['process_open_fds', sum('openFiles')],
      ['process_max_fds', sum('maxFiles')],
      ['apiserver_request_total', (value, label) => this.#request(value, label)],
      ['apiserver_request_terminations_total', sum('terminated')],
      ['apiserver_request_duration_seconds_bucket', (value, label) => this.#duration(value, label)],
      ['apiserver_current_inflight_requests', (value, label) => this.#add(label('request_kind') === 'mutating' ? 'mutating' : 'readOnly', value)],
      ['apiserver_flowcontrol_nominal_limit_seats', (value, label) => label('priority_level') !== 'exempt' && this.#add('nominalSeats', value)],
      ['apiserver_flowcontrol_request_concurrency_limit', (value, label) => label('priority_level') !== 'exempt' && this.#add('concurrencyLimit', value)],
      ['apiserver_flowcontrol_rejected_requests_total', sum('rejected')],
      ['apiserver_longrunning_gauge', sum('longRunning')], // until 1.26
      ['apiserver_longrunning_requests', sum('longRunning')], // since 1.23
      ['apiserver_requested_deprecated_apis', (value, label) => value > 0 && this.#deprecated(label)],
      ['apiserver_admission_webhook_admission_duration_seconds_bucket', (value, label) => this.webhookLatency.add(label('le'), value)],
      ['apiserver_admission_webhook_admission_duration_seconds_count', sum('webhookCalls')],
      ['apiserver_admission_webhook_rejection_count', (value, label) => label('error_type') !== 'no_error' && this.#add('webhookFailures', value)],
      ['apiserver_admission_webhook_fail_open_count', sum('webhookFailures')],
      ['apiserver_client_certificate_expiration_seconds_bucket', (value, label) => this.clientCertificates.add(label('le'), value)],
      ['aggregator_unavailable_apiservice', sum('aggregatedDown')],
      ['apiserver_audit_event_total', sum('auditEvents')],
      ['apiserver_audit_error_total', sum('auditErrors')],
      ['etcd_request_duration_seconds_bucket', (value, label) => !(label('operation') ?? '').startsWith('list') && this.etcdLatency.add(label('le'), value)],
      ['etcd_object_counts', (value, label) => this.#stored(label('resource'), undefined, value)], // until 1.22
      ['apiserver_storage_objects', (value, label) => this.#stored(label('resource'), undefined, value)], // since 1.21
      ['apiserver_resource_objects', (value, label) => this.#stored(label('resource'), label('group'), value)], // since 1.34
      ['etcd_db_total_size_in_bytes', (value) => this.#database(value)], // until 1.25
      ['apiserver_storage_db_total_size_in_bytes', (value) => this.#database(value)], // 1.26 to 1.28
      ['apiserver_storage_size_bytes', (value) => this.#database(value)], // since 1.28
    ]);
  }

  read(line: string): void {
    readSample(line, this.#readers);
  }

  /** Size of the largest database: each member tells its own. */
  get databaseBytes(): number | undefined {
    return this.#databaseBytes;
  }

  #add(key: Total, value: number): void {
    if (value >= 0) this.totals.set(key, (this.totals.get(key) ?? 0) + value);
  }

  #request(value: number, label: Label): void {
    if (label('subresource')?.startsWith('/')) return; // health checks and the like
    this.#add('requests', value);
    this.#add('errors', label('code')?.startsWith('5') ? value : 0);
  }

  #duration(value: number, label: Label): void {
    if (!SINGLE.has(label('verb') ?? '')) return;
    const subresource = label('subresource') ?? '';
    if (subresource.startsWith('/') || STREAMS.has(subresource)) return;
    this.latency.add(label('le'), value);
  }

  #database(value: number): void {
    if (value >= 0) this.#databaseBytes = Math.max(this.#databaseBytes ?? 0, value);
  }

  /** `pods`, `deployments.apps`; a custom resource may bear the name of a built-in one, so its group decides. */
  #stored(resource: string | undefined, group: string | undefined, value: number): void {
    if (resource === undefined || value < 0) return;
    const dot = resource.indexOf('.');
    const plural = dot < 0 ? resource : resource.slice(0, dot);
    const owner = group ?? (dot < 0 ? '' : resource.slice(dot + 1));
    const key = RESOURCES.has(plural) && (owner === '' || GROUPS.has(owner)) ? (plural as Resource) : 'other'; // by the test before
    this.objects.set(key, Math.max(this.objects.get(key) ?? 0, value));
  }

  #deprecated(label: Label): void {
    const group = label('group') ?? '';
    const resource = label('resource') ?? '';
    const apiVersion = toVersion(label('version'));
    if (apiVersion === undefined || this.deprecated.size >= MOST_DEPRECATED) return;
    const removed = /^1\.(\d{1,3})$/.exec(label('removed_release') ?? '')?.[1];
    const row: Deprecated = {
      group: group === '' ? 'core' : GROUPS.has(group) ? (group as Group) : 'other',
      apiVersion,
      resource: RESOURCES.has(resource) ? (resource as Resource) : 'other',
      removedMinor: removed === undefined ? undefined : Number(removed),
    };
    this.deprecated.set(`${row.group} ${row.apiVersion} ${row.resource}`, row);
  }
}
