/** Reads a MySQL of any mode: every member is asked the same few questions, then the answers are put together. */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode } from '../../../wire/sections/middleware/products.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { forkOf, type Group, groupOf, isGalera, memberFields, numberIn, numberOf, type Pairs, pairsOf, type Replication, replicationOf, roleOf, versionOf } from './answers.ts';
import { MysqlClient } from './client.ts';

type MemberRow = Sections['middlewareMysql']['members'][number];

interface Told {
  readonly variables: Pairs;
  readonly fields: Omit<MemberRow, 'instance' | 'member' | 'role' | 'reach' | 'denied'>;
  readonly replication?: Replication | undefined;
  readonly group?: Group | undefined;
  readonly denied: MemberRow['denied'];
}

export const mysqlGatherer: ProductGatherer<'middlewareMysql'> = {
  async inspect(context) {
    const { instance } = context;
    const outcomes = await visitMembers(context, (visit) => readMember(visit, instance.options['tryDefaultPassword'] === true));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const mode = modeOfAll(outcomes, instance.mode);
    const version = told.map(({ variables }) => versionOf(variables)).find((one) => one !== undefined);
    const reach = reachOfAll(outcomes);
    const groups = told.flatMap(({ group }) => group ?? []);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, (value) => ({ role: memberRole(value), version: versionOf(value.variables) })),
      lists: {
        rows: [
          {
            instance: instance.id,
            mode,
            reach,
            version,
            ...(told.length > 0 && { primaries: told.filter((value) => memberRole(value) === 'primary').length }),
            ...(groups.length > 0 && wholeOf(groups)),
          },
        ],
        members: outcomes.map((outcome) => memberRow(instance.id, outcome)),
      },
      settings: outcomes.flatMap(({ member, value }): RawSetting[] => [...(value?.variables ?? [])].map(([key, text]) => ({ member: member.name, key, value: text }))),
    };
  },
};

async function readMember(visit: Visit, triesDefaultPassword: boolean): Promise<Told> {
  using client = await MysqlClient.open(visit);
  const variables = pairsOf(await client.ask('variables'));
  if (!variables.has('version')) throw new InstanceFailure('protocol');
  const isMariadb = forkOf(variables) === 'mariadb';
  client.isMariadb(isMariadb);
  const status = pairsOf(await client.ask('status'));
  const rights = new Set((await client.ask('rights'))?.map(({ word }) => String(word)));
  const replication = replicationOf(await readReplication(client, isMariadb));
  const group = isMariadb ? undefined : groupOf(await client.ask('groupMembers'));
  return {
    variables,
    replication,
    group,
    fields: {
      ...memberFields(variables, status),
      ...replication,
      ...(await readTransactions(client, rights, numberIn(status, 'Innodb_history_list_length'))),
      ...(await readTables(client, rights)),
      ...(group && { groupQueue: numberOf((await client.ask('groupQueue'))?.[0]?.['total']) }),
      accountsWithoutPassword: numberOf((await client.ask('accounts'))?.[0]?.['total']),
      ...(triesDefaultPassword && { defaultPassword: await takesDefaultPassword(visit) }),
      tls: visit.secrets.tls !== undefined,
    },
    denied: client.denied,
  };
}

/** root without a password, as installations of old leave it. Only when the declaration says that it may be tried: it is a failed sign-in in the log. */
async function takesDefaultPassword(visit: Visit): Promise<boolean | undefined> {
  using other = visit.as({ username: 'root', password: '' });
  try {
    using _client = await MysqlClient.open(other);
    return true;
  } catch (error) {
    return reachOf(error) === 'wrong-credentials' ? false : undefined;
  }
}

/** REPLICA since MySQL 8.0.22; MariaDB tells every channel at once. */
async function readReplication(client: MysqlClient, isMariadb: boolean): ReturnType<MysqlClient['ask']> {
  if (isMariadb) return await client.ask('allSlaves');
  return (await client.ask('replica')) ?? (client.denied.includes('REPLICATION CLIENT') ? undefined : await client.ask('slave'));
}

/** Without PROCESS the server shows the account's own threads only: a count of none would be a lie. */
async function readTransactions(client: MysqlClient, rights: ReadonlySet<string>, knownHistory: number | undefined): Promise<Partial<MemberRow>> {
  const transactions = await client.ask('transactions');
  if (transactions === undefined && client.denied.includes('PROCESS')) return { historyLength: knownHistory };
  const followers = rights.has('PROCESS') ? await client.ask('followers') : undefined;
  return {
    longestTransactionSeconds: transactions && Math.floor(numberOf(transactions[0]?.['oldest']) ?? 0),
    followers: numberOf(followers?.[0]?.['total']),
    historyLength: knownHistory ?? numberOf((await client.ask('history'))?.[0]?.['length']),
  };
}

/** The dictionary shows an account only tables that it has some right to: without one for all of them, counts would be lies. */
async function readTables(client: MysqlClient, rights: ReadonlySet<string>): Promise<Partial<MemberRow>> {
  if (!rights.has('REFERENCES') && !rights.has('SELECT')) {
    client.deny('REFERENCES');
    return {};
  }
  const tables = (await client.ask('tables'))?.[0];
  const share = await client.ask('autoIncrement');
  return {
    tables: numberOf(tables?.['total']),
    myisamTables: tables && (numberOf(tables['myisam']) ?? 0),
    tablesWithoutPrimaryKey: tables && (numberOf(tables['unkeyed']) ?? 0),
    autoIncrementPercent: share && Math.min(100, (numberOf(share[0]?.['share']) ?? 0) * 100),
  };
}

function memberRole({ replication, fields, group }: Told): ReturnType<typeof roleOf> {
  return group ? (fields.writable === undefined ? 'unknown' : fields.writable ? 'primary' : 'replica') : roleOf(replication?.replicates, fields.writable);
}
/** What the members say together goes before what was declared; a lone replica has a source somewhere. */
function modeOfAll(outcomes: readonly Outcome<Told>[], declared: Mode | undefined): Mode {
  const told = outcomes.flatMap(({ value }) => value ?? []);
  if (told.length === 0) return declared ?? 'unknown';
  if (told.some(({ variables }) => isGalera(variables))) return 'multi-primary';
  if (told.some(({ group }) => group))
    return told.some(({ variables }) => variables.get('group_replication_single_primary_mode') === 'OFF') ? 'multi-primary' : 'group-replication';
  if (outcomes.length > 1 || told.some(({ replication, fields }) => replication?.replicates || (fields.followers ?? 0) > 0)) return 'primary-replica';
  return told.every(({ replication }) => replication !== undefined) ? 'standalone' : (declared ?? 'unknown');
}
/** The most pessimistic view: members may see different groups when it has split. */
function wholeOf(groups: readonly Group[]): { groupMembers: number; groupOnline: number; groupPrimaries?: number } {
  const primaries = groups.flatMap((group) => group.primaries ?? []);
  return {
    groupMembers: Math.max(...groups.map(({ members }) => members)),
    groupOnline: Math.min(...groups.map(({ online }) => online)),
    ...(primaries.length > 0 && { groupPrimaries: primaries.find((count) => count !== 1) ?? 1 }),
  };
}

function memberRow(instance: string, { member, reach, value }: Outcome<Told>): MemberRow {
  const base = { instance, member: member.name, reach };
  return value ? { ...base, role: memberRole(value), denied: value.denied, ...value.fields } : { ...base, role: 'unknown', denied: [] };
}
