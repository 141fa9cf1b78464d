/** The only caller of a PostgreSQL server: a fixed list of SELECTs, in a read-only session, over the visit's one bounded connection. */
import { Client } from 'pg';
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { type Line, tlsOptions } from '../../../middleware/line.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { POSTGRESQL_SETTINGS } from '../../../wire/sections/middleware/postgresql.ts';

export type Row = Readonly<Record<string, unknown>>;
const MONITOR = "pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')";
/** Of a server that runs or replays. */
const POSITION = 'CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END';
/** Rows that make a table worth a look: below, autovacuum has its own thresholds (50 rows and a fifth). */
const MANY_DEAD = 10_000;

/** Everything that this program can ever say to a PostgreSQL, besides signing in. Constants; no text of a server is ever part of one. */
const STATEMENTS = {
  settings: `SELECT name, setting, unit FROM pg_settings WHERE name IN (${Object.keys(POSTGRESQL_SETTINGS)
    .map((name) => `'${name}'`)
    .join(', ')}, 'synchronous_standby_names', 'server_version')`,
  session: `SELECT pg_is_in_recovery() AS recovering, ${MONITOR} AS monitor, floor(extract(epoch FROM now() - pg_postmaster_start_time())) AS uptime, (SELECT count(*) FROM pg_settings WHERE pending_restart) AS pending`,
  activity:
    "SELECT count(*) AS connections, count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting, floor(max(extract(epoch FROM now() - xact_start))) AS oldest, floor(max(extract(epoch FROM now() - state_change)) FILTER (WHERE state LIKE 'idle in transaction%')) AS idle FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  prepared: 'SELECT floor(max(extract(epoch FROM now() - prepared))) AS oldest FROM pg_prepared_xacts',
  replicas:
    "SELECT count(*) AS total, count(*) FILTER (WHERE state = 'streaming') AS streaming, count(*) FILTER (WHERE sync_state IN ('sync', 'quorum')) AS synchronous, max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) AS behind FROM pg_stat_replication",
  receiver:
    "SELECT (SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming') AS streaming, CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 ELSE floor(extract(epoch FROM now() - pg_last_xact_replay_timestamp())) END AS lag",
  slots: `SELECT count(*) AS total, count(*) FILTER (WHERE NOT active) AS inactive, max(pg_wal_lsn_diff(${POSITION}, restart_lsn)) AS retained FROM pg_replication_slots`,
  archiver: "SELECT failed_count AS failed, last_failed_time > coalesce(last_archived_time, last_failed_time - interval '1 s') AS failing FROM pg_stat_archiver",
  databases: 'SELECT max(age(datfrozenxid)) AS age FROM pg_database',
  totals: 'SELECT sum(deadlocks) AS deadlocks, sum(blks_hit) AS hits, sum(blks_read) AS reads FROM pg_stat_database',
  checksums: 'SELECT sum(checksum_failures) AS failures FROM pg_stat_database', // since 12
  tables: `SELECT count(*) AS total, count(*) FILTER (WHERE n_dead_tup > ${MANY_DEAD} AND n_dead_tup > n_live_tup * 0.1) AS bloated, count(*) FILTER (WHERE n_dead_tup > ${MANY_DEAD} AND coalesce(greatest(last_vacuum, last_autovacuum), 'epoch') < now() - interval '10 days') AS unvacuumed FROM pg_stat_user_tables`,
  indexes: 'SELECT count(*) AS invalid FROM pg_index WHERE NOT indisvalid',
  rules:
    "SELECT count(*) AS trusted FROM pg_hba_file_rules WHERE auth_method = 'trust' AND type LIKE 'host%' AND coalesce(address, '') NOT IN ('127.0.0.1', '::1', 'localhost', 'samehost')",
} as const satisfies Record<string, string>;
export type Statement = keyof typeof STATEMENTS;
/** The server gives up what we no longer wait for. */
const SERVER_OPTIONS = '-c statement_timeout=2500 -c lock_timeout=500 -c default_transaction_read_only=on -c idle_in_transaction_session_timeout=10000';

export class PostgresqlClient {
  readonly #client: Client;
  readonly #visit: Visit;

  private constructor(client: Client, visit: Visit) {
    this.#client = client;
    this.#visit = visit;
  }

  /** @throws InstanceFailure */
  static async open(visit: Visit, database: string): Promise<PostgresqlClient> {
    const line = await visit.connect({ plain: true });
    const { username, password, tls } = visit.secrets;
    // Every value is given: the driver would look into the environment for what is not.
    const client = new Client({
      stream: () => standing(line.socket),
      host: visit.address.host,
      port: visit.address.port,
      user: username ?? 'xunjian',
      password: () => password ?? '',
      database,
      ssl: tls ? tlsOptions(visit.address, tls) : false,
      options: SERVER_OPTIONS,
      application_name: 'xunjian',
      client_encoding: 'UTF8',
      connectionTimeoutMillis: visit.limits.connectMs,
      types: { getTypeParser: () => String },
    } as ConstructorParameters<typeof Client>[0]);
    client.on('error', () => undefined); // told by whoever waits
    const state: { clear?: boolean } = {};
    if (!tls) refuseClearPassword(client, line, state);
    try {
      await visit.ask(() => client.connect());
      return new PostgresqlClient(client, visit);
    } catch (error) {
      line.socket.destroy();
      if (state.clear) throw new InstanceFailure('tls-mismatch');
      throw line.failure() ?? new InstanceFailure(signInReach(error, password !== undefined, tls !== undefined));
    }
  }

  /**
   * The first row, or `undefined` when the account may not ask or the server does not know what is asked.
   * @throws InstanceFailure
   */
  async row(statement: Statement): Promise<Row | undefined> {
    return (await this.rows(statement))?.[0];
  }
  async rows(statement: Statement): Promise<readonly Row[] | undefined> {
    try {
      const { rows } = await this.#visit.ask(() => this.#client.query<Record<string, unknown>>(STATEMENTS[statement]));
      return rows;
    } catch (error) {
      if (error instanceof InstanceFailure) throw error;
      if (sqlState(error) === undefined) throw new InstanceFailure(driverReach(error));
      return undefined; // no rights, an unknown view, or one that took too long
    }
  }

  [Symbol.dispose](): void {
    this.#client.end().catch(() => undefined);
  }
}

/** The driver connects its stream itself; ours stands already. */
function standing(socket: Line['socket']): Line['socket'] {
  socket.connect = (() => {
    process.nextTick(() => socket.emit('connect'));
    return socket;
  }) as typeof socket.connect;
  return socket;
}

/** A password is never sent as it is over a line that anybody can read. */
function refuseClearPassword(client: Client, line: Line, state: { clear?: boolean }): void {
  const inner = client as unknown as { _handleAuthCleartextPassword: () => void };
  inner._handleAuthCleartextPassword = () => {
    state.clear = true;
    line.socket.destroy(new InstanceFailure('tls-mismatch'));
  };
}

/** Five characters that the server replied; its text may quote anything and is dropped here. */
function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) && !/^E[A-Z]{4}$/.test(error.code)
    ? error.code
    : undefined;
}
function signInReach(error: unknown, hasPassword: boolean, hasTls: boolean): InstanceFailure['reach'] {
  if (error instanceof InstanceFailure) return error.reach;
  switch (sqlState(error)) {
    case '28P01': // invalid password
      return hasPassword ? 'wrong-credentials' : 'credentials-missing';
    case '28000': // pg_hba.conf lets nobody in from here, without TLS, or as this role
      if (wantsCertificate(error)) return 'tls-mismatch';
      return hasTls || hasPassword ? 'wrong-credentials' : 'credentials-missing';
    case '42501': // may not connect to the database
    case '3D000': // no such database
      return 'no-rights';
    case '53300': // too many connections
    case '57P03': // starting up
      return 'refused';
    default:
      return error instanceof Error && /SASL/.test(error.message) ? (hasPassword ? 'wrong-credentials' : 'credentials-missing') : driverReach(error);
  }
}
/**
 * `clientcert=` or `cert` in pg_hba.conf and no certificate sent. The words depend on the server's language, so it is told by the
 * function of the server that refused: its other refusals name pg_hba.conf in every language (libpq/auth.c, ClientAuthentication).
 */
function wantsCertificate(error: unknown): boolean {
  return error instanceof Error && 'routine' in error && error.routine === 'ClientAuthentication' && !error.message.includes('pg_hba.conf');
}
function driverReach(error: unknown): InstanceFailure['reach'] {
  if (error instanceof Error && /does not support SSL|establishing an SSL/.test(error.message)) return 'tls-mismatch';
  if (error instanceof Error && /timeout/.test(error.message)) return 'timeout';
  const reach = reachOf(error);
  return reach === 'failed' ? 'protocol' : reach;
}
