/** Reads a MongoDB of any mode: every member is asked the same few commands, then the answers are put together. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode } from '../../../wire/sections/middleware/products.ts';
import { toVersion } from '../../../wire/version.ts';
import { at, textAt } from '../json.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import {
  balancerOf,
  compatibilityOf,
  greets,
  isBehind,
  memoryOf,
  optionFacts,
  optionSettings,
  parameterSetting,
  type SetFacts,
  type Standing,
  setFacts,
  shardFacts,
  standingOf,
  statusFacts,
} from './answers.ts';
import { MongodbClient, PARAMETERS } from './client.ts';

type Row = Sections['middlewareMongodb']['rows'][number];
type MemberRow = Sections['middlewareMongodb']['members'][number];

interface Told {
  readonly standing: Standing;
  readonly version?: string | undefined;
  readonly set?: SetFacts | undefined;
  readonly sharding: Pick<Row, 'shards' | 'drainingShards' | 'balancer'>;
  readonly fields: Partial<MemberRow>;
  readonly denied: MemberRow['denied'];
  readonly settings: readonly RawSetting[];
}

export const mongodbGatherer: ProductGatherer<'middlewareMongodb'> = {
  async inspect(context) {
    const { instance } = context;
    const { authSource } = instance.options;
    const outcomes = await visitMembers(context, (visit, member) => readMember(visit, member.name, typeof authSource === 'string' ? authSource : 'admin'));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const version = told.map((one) => one.version).find((one) => one !== undefined);
    const mode = modeOf(told) ?? instance.mode ?? 'unknown';
    const reach = reachOfAll(outcomes);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, ({ standing, version: own }) => ({ role: standing.role, version: own })),
      lists: { rows: [{ instance: instance.id, mode, reach, version, ...setsOf(told), ...shardingOf(told) }], members: outcomes.map((outcome) => memberRow(instance.id, outcome)) },
      settings: told.flatMap(({ settings }) => settings),
    };
  },
};

async function readMember(visit: Visit, member: string, source: string): Promise<Told> {
  using client = await MongodbClient.open(visit, source);
  const hello = (await client.ask('hello')) ?? (await client.ask('isMaster')); // older than 4.4.2
  if (!greets(hello)) throw new InstanceFailure('protocol');
  const standing = standingOf(hello);
  const build = await client.ask('buildInfo');
  // What only speaks the protocol (FerretDB) names a release of MongoDB's that it is like: that says nothing of its own.
  const isOwn = at(build, 'ferretdbVersion') === undefined;
  const version = isOwn ? toVersion(textAt(build, 'version')) : undefined;
  // An arbiter holds no users: nobody can sign in there, and nothing more is to be learnt.
  if (standing.role === 'arbiter') return { standing, version, fields: { state: 'arbiter', tls: visit.secrets.tls !== undefined }, sharding: {}, denied: [], settings: [] };
  const status = await client.ask('serverStatus');
  if (status === undefined && client.denied.length > 0 && visit.secrets.password === undefined && visit.secrets.tls?.cert === undefined)
    throw new InstanceFailure('credentials-missing');
  const set = standing.kind === 'member' ? setFacts(await client.ask('replSetGetStatus')) : undefined;
  const options = await client.ask('commandLine');
  const parameters = await readParameters(client);
  const answersAnybody = visit.secrets.password === undefined && visit.secrets.tls?.cert === undefined;
  return {
    standing,
    version,
    set,
    sharding: standing.kind === 'router' ? { ...shardFacts(await client.ask('listShards')), balancer: balancerOf(await client.ask('balancerStatus')) } : {},
    fields: {
      ...statusFacts(status),
      ...(isOwn && optionFacts(options)),
      state: set?.state,
      router: standing.kind === 'router',
      memoryBytes: memoryOf(await client.ask('hostInfo')),
      compatibilityBehind: standing.kind === 'router' ? undefined : isBehind(compatibilityOf(parameters.get('featureCompatibilityVersion')), version),
      tls: visit.secrets.tls !== undefined,
      ...(answersAnybody && { anonymous: status !== undefined }),
    },
    denied: client.denied,
    settings: [...optionSettings(member, options), ...[...parameters].map(([key, answer]) => parameterSetting(member, key, answer))],
  };
}
async function readParameters(client: MongodbClient): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const parameter of PARAMETERS) {
    if (client.denied.includes('getParameter')) break;
    answers.set(parameter, await client.ask('parameter', parameter));
  }
  return answers;
}

/** What the members say together. */
function modeOf(told: readonly Told[]): Mode | undefined {
  if (told.some(({ standing }) => standing.kind === 'router')) return 'sharded';
  const sets = new Set(told.flatMap(({ standing }) => (standing.kind === 'member' ? [standing.set] : [])));
  if (sets.size > 1) return 'sharded'; // shards and config servers, each a set
  if (sets.size === 1) return 'replica-set';
  return told.length > 0 ? 'standalone' : undefined;
}
/** One view of each set: that of a member that sees a primary goes before others. */
function setsOf(told: readonly Told[]): Partial<Row> {
  const views = Map.groupBy(
    told.filter(({ standing }) => standing.kind === 'member'),
    ({ standing }) => standing.set ?? '',
  );
  if (views.size === 0) return {};
  const sets = [...views.values()].flatMap((all) => {
    const facts = all.flatMap(({ set }) => set ?? []);
    return facts.find(({ hasPrimary }) => hasPrimary) ?? facts[0] ?? [];
  });
  if (sets.length === 0) return { sets: views.size };
  const votes = sets.flatMap(({ voting }) => voting ?? []);
  const lags = sets.flatMap(({ lagSeconds }) => lagSeconds ?? []);
  return {
    sets: views.size,
    setsWithoutPrimary: sets.filter(({ hasPrimary }) => !hasPrimary).length,
    setMembers: Math.min(...sets.map(({ members }) => members)),
    dataMembers: Math.min(...sets.map(({ dataMembers }) => dataMembers)),
    arbiters: Math.max(...sets.map(({ arbiters }) => arbiters)),
    votingMembers: votes.find((count) => count % 2 === 0) ?? votes[0],
    unhealthyMembers: sets.reduce((sum, { unhealthy }) => sum + unhealthy, 0),
    ...(lags.length > 0 && { laggingSeconds: Math.max(...lags) }),
  };
}
function shardingOf(told: readonly Told[]): Partial<Row> {
  return told.map(({ sharding }) => sharding).find(({ shards }) => shards !== undefined) ?? {};
}
function memberRow(instance: string, { member, reach, value }: Outcome<Told>): MemberRow {
  const base = { instance, member: member.name, reach };
  if (!value) return { ...base, role: 'unknown', denied: [] };
  return { ...value.fields, ...base, role: value.standing.role, denied: value.denied, version: value.version };
}
