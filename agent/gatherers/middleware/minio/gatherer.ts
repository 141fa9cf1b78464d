/** Reads a MinIO by its health endpoints and metrics: every node tells of its drives, the first that answers of the whole. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { type Answer, askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Families } from '../exposition.ts';
import type { InspectContext, ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { isMinio, nodeFacts, parityOf, parseMetrics, versionOf, wholeFacts, writeQuorumOf } from './metrics.ts';
import { metricsToken } from './token.ts';

type Row = Sections['middlewareMinio']['rows'][number];
type MemberRow = Sections['middlewareMinio']['members'][number];
/** Everything that this program can ever ask a MinIO. */
const PATHS = {
  live: '/minio/health/live',
  writable: '/minio/health/cluster',
  readable: '/minio/health/cluster/read',
  whole: '/minio/v2/metrics/cluster',
  node: '/minio/v2/metrics/node',
  wholeV3: '/minio/metrics/v3/cluster/health',
  setsV3: '/minio/metrics/v3/cluster/erasure-set',
  drivesV3: '/minio/metrics/v3/system/drive',
  processV3: '/minio/metrics/v3/system/process',
  requestsV3: '/minio/metrics/v3/api/requests',
} as const;
type Path = keyof typeof PATHS;
/** The vendor's root user and password of a server that was given none. */
const VENDOR = 'minioadmin';

interface Told {
  readonly live: boolean;
  readonly version?: string | undefined;
  readonly fields: Partial<MemberRow>;
  readonly row: Partial<Row>;
  readonly quorum?: number | undefined;
  readonly refused: boolean;
}

export const minioGatherer: ProductGatherer<'middlewareMinio'> = {
  async inspect(context) {
    const { instance } = context;
    const outcomes = await visitMembers(context, (visit) => readNode(visit, context));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const version = told.map((one) => one.version).find((one) => one !== undefined);
    const row = wholeOf(told);
    const reach = reachOfAll(outcomes);
    const many = Math.max(row.nodesOnline ?? 0, (row.nodesOnline ?? 0) + (row.nodesOffline ?? 0), instance.members.length) > 1;
    const mode = told.length === 0 ? (instance.mode ?? 'unknown') : many ? 'cluster' : 'standalone';
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, (one) => ({ role: 'node', version: one.version })),
      lists: {
        rows: [{ ...row, instance: instance.id, mode, reach, version, denied: told.some(({ refused }) => refused) ? ['admin:Prometheus'] : [] }],
        members: outcomes.map((outcome) => memberRow(outcome, context)),
      },
      settings: settingsOf(
        row,
        told.map(({ quorum }) => quorum).find((one) => one !== undefined),
      ),
    };
  },
};

async function readNode(visit: Visit, { instance, now }: InspectContext): Promise<Told> {
  const live = await askHttp(visit, { path: PATHS.live, signing: 'none', anyStatus: true });
  const isNamed = /^(minio|aistor)/i.test(live.server ?? '');
  if (!isNamed && live.status !== 200 && live.status !== 503) throw new InstanceFailure('protocol');
  const metrics = await readMetrics(visit, authorizationOf(visit, now));
  if (!metrics && !isNamed) throw new InstanceFailure('protocol');
  return {
    live: live.status === 200,
    version: metrics && versionOf(metrics.own),
    fields: metrics ? nodeFacts(metrics.own, now) : {},
    row: {
      ...(metrics && { ...wholeFacts(metrics.whole), metrics: metrics.generation, parity: parityOf(metrics.own), metricsOpen: metrics.isOpen }),
      writable: isUp(await ask(visit, 'writable')),
      readable: isUp(await ask(visit, 'readable')),
      tls: visit.secrets.tls !== undefined,
      ...(instance.options['tryDefaultPassword'] === true && { defaultPassword: await takesDefaultPassword(visit, now) }),
    },
    quorum: metrics && writeQuorumOf(metrics.whole),
    refused: !metrics,
  };
}

interface Metrics {
  readonly generation: 'v2' | 'v3';
  /** Of the whole deployment. */
  readonly whole: Families;
  /** Of the node that was asked: the former sums over all of them. */
  readonly own: Families;
  /** Whether they are told without a token. */
  readonly isOpen: boolean | undefined;
}
/** Of the second generation, with what only the third has; `undefined` when they were refused. @throws InstanceFailure */
async function readMetrics(visit: Visit, authorization: string | undefined): Promise<Metrics | undefined> {
  const open = await ask(visit, 'node');
  const isOpen = open.status === 200 ? true : open.status === 401 || open.status === 403 ? false : undefined;
  const node = isOpen === false && authorization !== undefined ? await ask(visit, 'node', authorization) : open;
  if (node.status === 401 || node.status === 403) {
    // A secret that is wrong and a policy that is missing are answered alike.
    if (authorization !== undefined) throw new InstanceFailure('wrong-credentials');
    visit.deny(); // without a token the health endpoints are what there is
    return undefined;
  }
  const sign = isOpen === true ? undefined : authorization;
  if (node.status !== 200) return await readThird(visit, sign);
  const metrics: Metrics = {
    generation: 'v2',
    whole: together(await bodies(visit, ['whole', 'setsV3'], sign)),
    own: together([node.body, ...(await bodies(visit, ['drivesV3'], sign))]),
    isOpen,
  };
  if (!isMinio(metrics.own)) throw new InstanceFailure('protocol');
  return metrics;
}
/** A release that no longer serves the second generation. */
async function readThird(visit: Visit, sign: string | undefined): Promise<Metrics> {
  const own = together(await bodies(visit, ['drivesV3', 'processV3', 'requestsV3'], sign));
  if (!isMinio(own)) throw new InstanceFailure('protocol');
  return { generation: 'v3', whole: together(await bodies(visit, ['wholeV3', 'setsV3'], sign)), own, isOpen: undefined };
}
async function bodies(visit: Visit, paths: readonly Path[], authorization: string | undefined): Promise<string[]> {
  const told: string[] = [];
  for (const path of paths) {
    const { status, body } = await ask(visit, path, authorization);
    if (status === 200) told.push(body);
  }
  return told;
}
function together(texts: readonly string[]): Families {
  const all = new Map<string, Families extends ReadonlyMap<string, infer S> ? S : never>();
  // The same family in a second answer is the same told again: the first counts.
  for (const text of texts) for (const [name, samples] of parseMetrics(text)) if (!all.has(name)) all.set(name, samples);
  return all;
}

async function ask(visit: Visit, path: Path, authorization?: string): Promise<Answer> {
  return await askHttp(visit, { path: PATHS[path], signing: 'none', anyStatus: true, ...(authorization !== undefined && { headers: { authorization } }) });
}
/** A user's access key and secret, from which a token for minutes is made; or a token as it is, without a user. */
function authorizationOf({ secrets: { username, password } }: Visit, now: number): string | undefined {
  if (password === undefined) return undefined;
  return `Bearer ${username === undefined ? password : metricsToken(username, password, now)}`;
}
/** Only when the site declares it: metrics asked for with a token that the vendor's default secret signed. */
async function takesDefaultPassword(visit: Visit, now: number): Promise<boolean | undefined> {
  const { status } = await ask(visit, 'node', `Bearer ${metricsToken(VENDOR, VENDOR, now)}`);
  const { status: unsigned } = await ask(visit, 'node');
  if (unsigned === 200) return undefined; // it answers anybody, which says nothing
  return status === 200 ? true : status === 401 || status === 403 ? false : undefined;
}
function isUp({ status }: Answer): boolean | undefined {
  return status === 200 ? true : status === 503 || status === 412 ? false : undefined;
}

/** Of several nodes the first that tells a number is believed, but a quorum that one lacks is lacking. */
function wholeOf(told: readonly Told[]): Partial<Row> {
  const best = told.find(({ row }) => row.drivesOnline !== undefined) ?? told[0];
  if (!best) return {};
  const lacking = (key: 'writable' | 'readable'): boolean | undefined => (told.some(({ row }) => row[key] === false) ? false : best.row[key]);
  return {
    ...best.row,
    writable: lacking('writable'),
    readable: lacking('readable'),
    ...(told.some(({ row }) => row.metricsOpen) && { metricsOpen: true }),
    ...(told.some(({ row }) => row.defaultPassword) && { defaultPassword: true }),
  };
}
function memberRow({ member, reach, value }: Outcome<Told>, { instance, counters, now }: InspectContext): MemberRow {
  const base = { instance: instance.id, member: member.name, role: 'node' as const, reach };
  if (!value) return { ...base, role: 'unknown' };
  const { driveErrors, requests, serverErrors } = value.fields;
  const growth = counters.grown(instance.id, member.name, now, { driveErrors, requests, serverErrors });
  return {
    ...base,
    ...value.fields,
    version: value.version,
    live: value.live,
    recentSeconds: growth?.seconds,
    recentDriveErrors: growth?.values['driveErrors'],
    recentRequests: growth?.values['requests'],
    recentServerErrors: growth?.values['serverErrors'],
  };
}
function settingsOf({ nodesOnline, nodesOffline, drivesOnline, drivesOffline, parity }: Partial<Row>, quorum: number | undefined): RawSetting[] {
  const all = (online: number | undefined, offline: number | undefined): number | undefined => (online === undefined ? undefined : online + (offline ?? 0));
  return [
    { key: 'nodes', value: all(nodesOnline, nodesOffline) },
    { key: 'drives', value: all(drivesOnline, drivesOffline) },
    { key: 'write_quorum', value: quorum },
    { key: 'standard_parity', value: parity },
  ];
}
