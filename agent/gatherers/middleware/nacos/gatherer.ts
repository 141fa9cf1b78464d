/** Reads a Nacos by its HTTP API of 1.x, 2.x or 3.x, and the properties file where it runs on the inspected host. */
import { readAllowedProperties } from '../../../host/allowed-properties.ts';
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode } from '../../../wire/sections/middleware/products.ts';
import { textAt } from '../json.ts';
import type { InspectContext, ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { databaseOf, fileFacts, metricFacts, NACOS_PROPERTIES, nodeFacts, type State, stateOf } from './answers.ts';
import { NacosClient } from './client.ts';

type Row = Sections['middlewareNacos']['rows'][number];
type MemberRow = Sections['middlewareNacos']['members'][number];
const DEFAULT_BASE = '/nacos';

interface Told {
  readonly state: State;
  readonly authEnabled?: boolean | undefined;
  readonly nodes?: readonly unknown[] | undefined;
  readonly denied: boolean;
  readonly ready?: boolean | undefined;
  readonly metrics?: Partial<MemberRow> | undefined;
  readonly defaultPassword?: boolean | undefined;
  readonly tls: boolean;
}

export const nacosGatherer: ProductGatherer<'middlewareNacos'> = {
  async inspect(context) {
    const { instance } = context;
    const base = baseOf(instance.options['contextPath']);
    const outcomes = await visitMembers(context, (visit) => readMember(visit, base, instance.options['tryDefaultPassword'] === true, context.now));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const files = await readFiles(context);
    const version = told.map(({ state }) => state.version).find((one) => one !== undefined) ?? instance.version;
    const mode = modeOf(told, instance.mode);
    const asked = reachOfAll(outcomes);
    const reach = told.length === 0 && files ? (outcomes.some(({ member }) => member.address) ? 'partial' : 'files-only') : asked;
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, ({ state }) => ({ role: 'node', version: state.version })),
      lists: {
        rows: [{ ...wholeOf(told, files), instance: instance.id, mode, reach, version }],
        members: outcomes.map((outcome) => memberRow(outcome, files, context)),
      },
      settings: files ? [...files].map(([key, value]): RawSetting => ({ member: instance.members[0]?.name, key, value })) : [],
    };
  },
};

/** Where its servlets are; a site may have moved them. */
function baseOf(option: unknown): string {
  if (typeof option !== 'string') return DEFAULT_BASE;
  return /^(\/[\w.-]{1,60}){0,4}\/?$/.test(option) ? option.replace(/\/$/, '') : DEFAULT_BASE;
}

async function readMember(visit: Visit, base: string, triesDefaultPassword: boolean, now: number): Promise<Told> {
  const client = await NacosClient.open(visit, base);
  const state = stateOf(client.state);
  const ready = await client.isReady();
  const nodes = await client.nodes();
  if (nodes === 'refused') {
    visit.deny();
    if (visit.secrets.password === undefined && state.authEnabled === undefined && ready === undefined) throw new InstanceFailure('credentials-missing');
  }
  const text = await client.metrics();
  return {
    state,
    authEnabled: state.authEnabled ?? negated(await client.isOpen()),
    nodes: nodes === 'refused' ? undefined : nodes,
    denied: nodes === 'refused',
    ready,
    metrics: text === undefined ? { metrics: false } : metricFacts(text, now),
    defaultPassword: triesDefaultPassword ? await client.takes('nacos', 'nacos') : undefined,
    tls: visit.secrets.tls !== undefined,
  };
}
function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** Only where the file can be seen; secrets become one word while the line is read. */
async function readFiles({ instance, host }: InspectContext): Promise<ReadonlyMap<string, string> | undefined> {
  if (!host || instance.home === undefined) return undefined;
  return await readAllowedProperties(host, `${instance.home}/conf/application.properties`, NACOS_PROPERTIES).catch(() => undefined);
}

function modeOf(told: readonly Told[], declared: Mode | undefined): Mode {
  const standalone = told.map(({ state }) => state.standalone).find((one) => one !== undefined);
  return standalone === undefined ? (declared ?? 'unknown') : standalone ? 'standalone' : 'cluster';
}

function wholeOf(told: readonly Told[], files: ReadonlyMap<string, string> | undefined): Partial<Row> & Pick<Row, 'denied'> {
  const views = told.flatMap(({ nodes }) => (nodes ? [nodeFacts(nodes)] : []));
  // The member that sees most of them down counts: a partition looks different from either side.
  const worst = views.toSorted((a, b) => (a.nodesUp ?? 0) - (a.nodes ?? 0) - ((b.nodesUp ?? 0) - (b.nodes ?? 0)))[0];
  const auth = told.flatMap(({ authEnabled }) => authEnabled ?? []);
  const defaults = told.flatMap(({ defaultPassword }) => defaultPassword ?? []);
  const platform = files?.get('spring.sql.init.platform') ?? files?.get('spring.datasource.platform');
  return {
    denied: told.some(({ denied }) => denied) ? ['cluster nodes'] : [],
    ...worst,
    ...(auth.length > 0 ? { authEnabled: auth.every(Boolean) } : files && { authEnabled: files.get('nacos.core.auth.enabled')?.trim() === 'true' }),
    ...(defaults.length > 0 && { defaultPassword: defaults.includes(true) }),
    database: told.map(({ state }) => state.database).find((one) => one !== undefined) ?? (files ? databaseOf(platform ?? '') : undefined),
  };
}

function memberRow({ member, reach, value }: Outcome<Told>, files: ReadonlyMap<string, string> | undefined, { instance, now, counters }: InspectContext): MemberRow {
  const own = files && member.name === instance.members[0]?.name ? fileFacts(files) : {};
  const base = { instance: instance.id, member: member.name, reach };
  if (!value) return { ...base, ...own, role: 'unknown' };
  const { metrics = {}, ready, tls, nodes } = value;
  const growth = counters.grown(instance.id, member.name, now, { failedPushes: metrics.failedPushes, databaseErrors: metrics.databaseErrors });
  return {
    ...base,
    role: roleOf(member.address, nodes),
    ready,
    tls,
    ...metrics,
    ...own,
    recentSeconds: growth?.seconds,
    recentFailedPushes: growth?.values['failedPushes'],
    recentDatabaseErrors: growth?.values['databaseErrors'],
  };
}
/** The leader of the services' group, by the port of its Raft: addresses that a server tells are compared, never asked. */
function roleOf(address: { readonly host: string; readonly port: number } | undefined, nodes: readonly unknown[] | undefined): MemberRow['role'] {
  const self = nodes?.find((node) => textAt(node, 'address') === `${address?.host}:${address?.port}`);
  const leader = textAt(self, 'extendInfo', 'raftMetaData', 'metaDataMap', 'naming_persistent_service', 'leader');
  if (self === undefined || leader === undefined) return 'node';
  return leader === `${textAt(self, 'ip')}:${textAt(self, 'extendInfo', 'raftPort')}` ? 'leader' : 'follower';
}
