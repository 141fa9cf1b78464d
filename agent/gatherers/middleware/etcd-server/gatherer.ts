/** Reads an etcd by its metrics and the read-only calls of its JSON gateway; never a key. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';
import { type Families, parseExposition, quantileOf, sumOf } from '../exposition.ts';
import { at, flagAt, listAt, textAt } from '../json.ts';
import type { ProductGatherer } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';

type MemberRow = Sections['middlewareEtcdServer']['members'][number];
const METRICS = new Set([
  'etcd_server_has_leader',
  'etcd_server_is_leader',
  'etcd_server_leader_changes_seen_total',
  'etcd_server_proposals_failed_total',
  'etcd_server_proposals_pending',
  'etcd_server_quota_backend_bytes',
  'etcd_mvcc_db_total_size_in_bytes',
  'etcd_mvcc_db_total_size_in_use_in_bytes',
  'etcd_disk_wal_fsync_duration_seconds_bucket',
  'etcd_disk_backend_commit_duration_seconds_bucket',
  'process_start_time_seconds',
]);

interface Told {
  readonly version?: string | undefined;
  readonly isLeader?: boolean | undefined;
  readonly votingMembers?: number | undefined;
  readonly fields: Partial<MemberRow>;
}

export const etcdServerGatherer: ProductGatherer<'middlewareEtcdServer'> = {
  async inspect(context) {
    const { instance, now } = context;
    const outcomes = await visitMembers(context, (visit) => readMember(visit, now));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const version = told.map((one) => one.version).find((one) => one !== undefined);
    const reach = reachOfAll(outcomes);
    const counts = told.flatMap(({ votingMembers }) => votingMembers ?? []);
    const votingMembers = counts.length > 0 ? Math.max(...counts) : undefined;
    const many = Math.max(votingMembers ?? 0, instance.members.length) > 1;
    const mode = told.length === 0 ? (instance.mode ?? 'unknown') : many ? 'cluster' : 'standalone';
    const known = told.filter(({ isLeader }) => isLeader !== undefined);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, (one) => ({ role: roleOf(one), version: one.version })),
      lists: {
        rows: [{ instance: instance.id, mode, reach, version, votingMembers, ...(known.length > 0 && { leaders: known.filter(({ isLeader }) => isLeader).length }) }],
        members: outcomes.map((outcome) => memberRow(instance.id, outcome)),
      },
      settings: outcomes.map(({ member, value }) => ({ member: member.name, key: 'quota_backend_bytes', value: value?.fields.quotaBytes })),
    };
  },
};

async function readMember(visit: Visit, now: number): Promise<Told> {
  const { status, body } = await askHttp(visit, { path: '/metrics' });
  const families = parseExposition(body, METRICS, new Set(['le']));
  if (status !== 200 || !families.has('etcd_server_has_leader')) throw new InstanceFailure('protocol');
  const version = await told(visit, '/version');
  const health = await told(visit, '/health');
  const members = await told(visit, '/v3/cluster/member/list', '{}');
  const alarms = await told(visit, '/v3/maintenance/alarm', '{"action":"GET"}');
  const started = sumOf(families, 'process_start_time_seconds');
  const leader = sumOf(families, 'etcd_server_is_leader');
  return {
    version: toVersion(textAt(version, 'etcdserver')),
    isLeader: leader === undefined ? undefined : leader === 1,
    votingMembers: at(members, 'members') === undefined ? undefined : listAt(members, 100, 'members').filter((member) => flagAt(member, 'isLearner') !== true).length,
    fields: {
      ...measured(families),
      uptimeSeconds: started === undefined ? undefined : Math.max(0, Math.floor(now - started)),
      healthy: flagAt(health, 'health'),
      alarms: alarms === undefined ? undefined : listAt(alarms, 100, 'alarms').length,
      anonymous: await servesAnybody(visit),
      tls: visit.secrets.tls !== undefined,
    },
  };
}

/** JSON of one call, or `undefined` when it is refused or not known: a metrics port serves no gateway. */
async function told(visit: Visit, path: string, body?: string): Promise<unknown> {
  const answer = await askHttp(visit, { path, anyStatus: true, ...(body !== undefined && { method: 'POST', body }) });
  if (answer.status !== 200 && !(path === '/health' && answer.status === 503)) return undefined; // 503 is how it says that it is not healthy
  try {
    return JSON.parse(answer.body) as unknown;
  } catch {
    return undefined;
  }
}
/** Without a certificate of ours and without roles in etcd, whoever reaches it may read and write. Since 3.5 it tells. */
async function servesAnybody(visit: Visit): Promise<boolean | undefined> {
  if (visit.secrets.tls?.cert !== undefined) return false;
  const enabled = await told(visit, '/v3/auth/status', '{}');
  if (enabled !== undefined) return flagAt(enabled, 'enabled') !== true; // protobuf leaves false out
  const { status, body } = await askHttp(visit, { method: 'POST', path: '/v3/auth/user/list', body: '{}', anyStatus: true });
  if (status === 200) return true; // 3.4: only without roles may anybody list users; the names end here
  return status === 404 ? undefined : /authentication is not enabled/.test(body.slice(0, 1_024));
}

function measured(families: Families): Partial<MemberRow> {
  const leader = sumOf(families, 'etcd_server_has_leader');
  const sync = quantileOf(families, 'etcd_disk_wal_fsync_duration_seconds', 0.99);
  const commit = quantileOf(families, 'etcd_disk_backend_commit_duration_seconds', 0.99);
  return {
    hasLeader: leader === undefined ? undefined : leader === 1,
    leaderChanges: sumOf(families, 'etcd_server_leader_changes_seen_total'),
    failedProposals: sumOf(families, 'etcd_server_proposals_failed_total'),
    pendingProposals: sumOf(families, 'etcd_server_proposals_pending'),
    quotaBytes: sumOf(families, 'etcd_server_quota_backend_bytes'),
    databaseBytes: sumOf(families, 'etcd_mvcc_db_total_size_in_bytes'),
    databaseInUseBytes: sumOf(families, 'etcd_mvcc_db_total_size_in_use_in_bytes'),
    syncMs: sync === undefined ? undefined : sync * 1_000,
    commitMs: commit === undefined ? undefined : commit * 1_000,
  };
}
function roleOf({ isLeader }: Told): 'leader' | 'follower' | 'unknown' {
  return isLeader === undefined ? 'unknown' : isLeader ? 'leader' : 'follower';
}
function memberRow(instance: string, { member, reach, value }: Outcome<Told>): MemberRow {
  const base = { instance, member: member.name, reach };
  return value ? { ...value.fields, ...base, role: roleOf(value), version: value.version } : { ...base, role: 'unknown' };
}
