/** Reads a PostgreSQL, alone or replicated: every member is asked the same few questions, then the answers are put together. */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode, Role } from '../../../wire/sections/middleware/products.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { configured, isTrue, numberOf, openFacts, primaryFacts, replicaFacts, type Settings, sessionFacts, settingsOf, slotFacts, tableFacts, versionOf } from './answers.ts';
import { PostgresqlClient } from './client.ts';

type MemberRow = Sections['middlewarePostgresql']['members'][number];

interface Told {
  readonly settings: Settings;
  readonly role: Role;
  readonly fields: Partial<MemberRow>;
  readonly denied: MemberRow['denied'];
}

export const postgresqlGatherer: ProductGatherer<'middlewarePostgresql'> = {
  async inspect(context) {
    const { instance } = context;
    const database = instance.options['database'];
    const outcomes = await visitMembers(context, (visit) =>
      readMember(visit, typeof database === 'string' ? database : 'postgres', instance.options['tryDefaultPassword'] === true),
    );
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const mode = modeOfAll(outcomes, instance.mode);
    const version = told.map(({ settings }) => versionOf(settings)).find((one) => one !== undefined);
    const reach = reachOfAll(outcomes);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, ({ role, settings }) => ({ role, version: versionOf(settings) })),
      lists: {
        rows: [{ instance: instance.id, mode, reach, version, ...(told.length > 0 && { primaries: told.filter(({ role }) => role === 'primary').length }) }],
        members: outcomes.map((outcome) => memberRow(instance.id, outcome)),
      },
      settings: outcomes.flatMap(({ member, value }): RawSetting[] => [...(value?.settings ?? [])].map(([key, text]) => ({ member: member.name, key, value: text }))),
    };
  },
};

async function readMember(visit: Visit, database: string, triesDefaultPassword: boolean): Promise<Told> {
  using client = await PostgresqlClient.open(visit, database);
  const settings = settingsOf(await client.rows('settings'));
  const session = await client.row('session');
  if (!session || !settings.has('server_version')) throw new InstanceFailure('protocol');
  const isReplica = isTrue(session['recovering']);
  const seesSessions = isTrue(session['monitor']) ?? false;
  if (!seesSessions) visit.deny();
  const rules = await client.row('rules');
  if (!rules) visit.deny();
  const archiver = await client.row('archiver');
  const databases = await client.row('databases');
  const totals = await client.row('totals');
  const activity = await client.row('activity');
  return {
    settings,
    role: isReplica === undefined ? 'unknown' : isReplica ? 'replica' : 'primary',
    denied: [...(seesSessions ? [] : (['pg_monitor'] as const)), ...(rules ? [] : (['pg_hba_file_rules'] as const))],
    fields: {
      ...configured(settings),
      uptimeSeconds: numberOf(session['uptime']),
      pendingRestart: numberOf(session['pending']),
      ...(triesDefaultPassword && { defaultPassword: await takesDefaultPassword(visit, database) }),
      tls: visit.secrets.tls !== undefined,
      ...openFacts({ archiver, databases, totals, checksums: await client.row('checksums') }),
      ...tableFacts(await client.row('tables'), await client.row('indexes'), rules),
      ...slotFacts(await client.row('slots')),
      ...(seesSessions && { connections: numberOf(activity?.['connections']), ...sessionFacts(activity, await client.row('prepared')) }),
      ...(seesSessions && (isReplica ? replicaFacts(await client.row('receiver')) : primaryFacts(await client.row('replicas')))),
    },
  };
}

/** The password that tutorials and images give the administrator. Only when the declaration says that it may be tried: it is a failed sign-in in the log. */
async function takesDefaultPassword(visit: Visit, database: string): Promise<boolean | undefined> {
  using other = visit.as({ username: 'postgres', password: 'postgres' });
  try {
    using _client = await PostgresqlClient.open(other, database);
    return true;
  } catch (error) {
    return reachOf(error) === 'wrong-credentials' ? false : undefined;
  }
}

/** What the members say together goes before what was declared; a lone standby has a primary somewhere. */
function modeOfAll(outcomes: readonly Outcome<Told>[], declared: Mode | undefined): Mode {
  const told = outcomes.flatMap(({ value }) => value ?? []);
  if (told.length === 0) return declared ?? 'unknown';
  if (outcomes.length > 1 || told.some(({ role, fields }) => role === 'replica' || (fields.replicas ?? 0) > 0)) return 'primary-replica';
  return told.every(({ fields }) => fields.replicas !== undefined) ? 'standalone' : (declared ?? 'unknown');
}

function memberRow(instance: string, { member, reach, value }: Outcome<Told>): MemberRow {
  const base = { instance, member: member.name, reach };
  return value ? { ...value.fields, ...base, role: value.role, denied: value.denied } : { ...base, role: 'unknown', denied: [] };
}
