/** The only caller of a MySQL server: a fixed list of read-only statements over the visit's one bounded connection. */
import { type Connection, createConnection } from 'mysql2';
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { beginTls, type Line } from '../../../middleware/line.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { type MYSQL_GRANTS, MYSQL_SETTINGS } from '../../../wire/sections/middleware/mysql.ts';
import { ALSO_VARIABLES, STATUS } from './answers.ts';

type Socket = Line['socket'];
type Grant = (typeof MYSQL_GRANTS)[number];
export type Row = Readonly<Record<string, unknown>>;

const SYSTEM = "('mysql', 'information_schema', 'performance_schema', 'sys')";
/** Ends in the server too: what we no longer wait for it no longer does. */
const SERVER_SECONDS = 2;
function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

/** Everything that this program can ever say to a MySQL, besides signing in. Constants; no text of a server is ever part of one. */
const STATEMENTS = {
  variables: { sql: `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${quoted([...Object.keys(MYSQL_SETTINGS), ...ALSO_VARIABLES])})`, grant: undefined },
  status: { sql: `SHOW GLOBAL STATUS WHERE Variable_name IN (${quoted(STATUS)})`, grant: undefined },
  rights: { sql: 'SELECT PRIVILEGE_TYPE AS word FROM information_schema.USER_PRIVILEGES', grant: undefined },
  replica: { sql: 'SHOW REPLICA STATUS', grant: 'REPLICATION CLIENT' },
  slave: { sql: 'SHOW SLAVE STATUS', grant: 'REPLICATION CLIENT' },
  allSlaves: { sql: 'SHOW ALL SLAVES STATUS', grant: 'SLAVE MONITOR' },
  followers: { sql: "SELECT COUNT(*) AS total FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'", grant: 'PROCESS' },
  transactions: { sql: 'SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, NOW())) AS oldest FROM information_schema.INNODB_TRX', grant: 'PROCESS' },
  history: { sql: "SELECT `COUNT` AS length FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rseg_history_len'", grant: 'PROCESS' },
  // A view that counts, made with the account; without it nobody but an administrator may know (docs/middleware/mysql.md).
  accounts: { sql: 'SELECT without_password AS total FROM xunjian.account_facts', grant: undefined },
  groupMembers: {
    sql: 'SELECT MEMBER_ID AS id, MEMBER_STATE AS state, MEMBER_ROLE AS role FROM performance_schema.replication_group_members',
    grant: 'SELECT ON performance_schema',
  },
  groupQueue: {
    sql: 'SELECT MAX(COUNT_TRANSACTIONS_IN_QUEUE) AS total FROM performance_schema.replication_group_member_stats WHERE MEMBER_ID = @@server_uuid',
    grant: 'SELECT ON performance_schema',
  },
  tables: {
    sql: `SELECT COUNT(*) AS total, SUM(t.ENGINE = 'MyISAM') AS myisam, SUM(p.TABLE_NAME IS NULL) AS unkeyed FROM information_schema.TABLES t LEFT JOIN (SELECT DISTINCT TABLE_SCHEMA, TABLE_NAME FROM information_schema.STATISTICS WHERE INDEX_NAME = 'PRIMARY') p ON p.TABLE_SCHEMA = t.TABLE_SCHEMA AND p.TABLE_NAME = t.TABLE_NAME WHERE t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_SCHEMA NOT IN ${SYSTEM}`,
    grant: 'REFERENCES',
  },
  autoIncrement: {
    sql: `SELECT MAX(t.AUTO_INCREMENT / (CASE c.DATA_TYPE WHEN 'tinyint' THEN 127 WHEN 'smallint' THEN 32767 WHEN 'mediumint' THEN 8388607 WHEN 'int' THEN 2147483647 ELSE 9223372036854775807 END * IF(c.COLUMN_TYPE LIKE '%unsigned%', 2, 1))) AS share FROM information_schema.COLUMNS c JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME WHERE c.EXTRA LIKE '%auto_increment%' AND t.AUTO_INCREMENT IS NOT NULL AND c.TABLE_SCHEMA NOT IN ${SYSTEM}`,
    grant: 'REFERENCES',
  },
} as const satisfies Record<string, { readonly sql: string; readonly grant: Grant | undefined }>;
export type Statement = keyof typeof STATEMENTS;

export class MysqlClient {
  readonly #connection: Connection;
  readonly #visit: Visit;
  readonly #denied = new Set<Grant>();
  #isMariadb = false;

  private constructor(connection: Connection, visit: Visit) {
    this.#connection = connection;
    this.#visit = visit;
  }

  /** @throws InstanceFailure */
  static async open(visit: Visit): Promise<MysqlClient> {
    const line = await visit.connect({ plain: true });
    const { username, password, tls } = visit.secrets;
    const connection = createConnection({
      stream: line.socket,
      host: visit.address.host,
      user: username ?? '',
      password: password ?? '',
      ...(tls && { ssl: {} }),
      flags: ['-LOCAL_FILES'], // a server could ask for a file of ours
      disableEval: true, // column names are foreign text
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      connectTimeout: visit.limits.connectMs,
    });
    connection.on('error', () => undefined); // told by whoever waits
    endAtDisorder(connection, line.socket);
    if (tls) secureAs(connection, (socket, done) => beginTls(socket, visit.address, tls, done));
    try {
      await visit.ask(() => new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))));
      return new MysqlClient(connection, visit);
    } catch (error) {
      connection.destroy();
      throw line.failure() ?? new InstanceFailure(signInReach(error, password !== undefined));
    }
  }

  /** MariaDB bounds a statement by a clause of its own. */
  isMariadb(is: boolean): void {
    this.#isMariadb = is;
  }
  /** Rights that were missing so far. */
  get denied(): readonly Grant[] {
    return [...this.#denied];
  }
  deny(grant: Grant): void {
    this.#denied.add(grant);
    this.#visit.deny();
  }

  /**
   * The rows, or `undefined` when the account may not ask or the server does not know the statement.
   * @throws InstanceFailure
   */
  async ask(statement: Statement): Promise<readonly Row[] | undefined> {
    const { sql, grant } = STATEMENTS[statement];
    try {
      return await this.#visit.ask(
        () => new Promise<readonly Row[]>((resolve, reject) => this.#connection.query(this.#bounded(sql), (error, rows) => (error ? reject(error) : resolve(rowsOf(rows))))),
      );
    } catch (error) {
      if (error instanceof InstanceFailure) throw error;
      const number = errorNumber(error);
      if (number === undefined) throw new InstanceFailure(driverReach(error));
      if (grant !== undefined && DENIED.has(number)) this.deny(statement === 'allSlaves' ? 'SLAVE MONITOR' : grant);
      return undefined; // an unknown statement or table, or one that took too long
    }
  }
  #bounded(sql: string): string {
    if (!sql.startsWith('SELECT')) return sql;
    return this.#isMariadb ? `SET STATEMENT max_statement_time=${SERVER_SECONDS} FOR ${sql}` : sql.replace('SELECT', `SELECT /*+ MAX_EXECUTION_TIME(${SERVER_SECONDS * 1_000}) */`);
  }

  [Symbol.dispose](): void {
    this.#connection.destroy();
  }
}

/** A packet out of turn is no MySQL's: the driver would complain of each, to standard error, and go on. */
function endAtDisorder(connection: Connection, socket: Socket): void {
  const inner = connection as unknown as { sequenceId: number; handlePacket(packet?: { readonly sequenceId: number }): void };
  const handle = inner.handlePacket.bind(connection);
  let isOver = false;
  inner.handlePacket = (packet) => {
    if (isOver) return;
    // The driver would say so on the terminal, packet by packet, and go on.
    if (packet === undefined || packet.sequenceId === inner.sequenceId) handle(packet);
    else {
      isOver = true;
      socket.destroy(new InstanceFailure('protocol'));
    }
  };
}

/** The driver checks no certificate of an address: TLS begins as on every other line of ours. */
function secureAs(connection: Connection, begin: (socket: Socket, done: (error?: Error) => void) => Socket): void {
  const inner = connection as unknown as { stream: Socket; startTLS: (done: (error?: Error) => void) => void; packetParser: { execute(data: Buffer): void } };
  inner.startTLS = (done) => {
    inner.stream.removeAllListeners('data');
    inner.stream = begin(inner.stream, done);
    inner.stream.on('data', (data: Buffer) => inner.packetParser.execute(data));
  };
}

function rowsOf(rows: unknown): readonly Row[] {
  return Array.isArray(rows) ? rows.filter((row): row is Row => typeof row === 'object' && row !== null) : [];
}
/** Number of an error that the server replied; its text may quote anything and is dropped here. */
function errorNumber(error: unknown): number | undefined {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && error.errno >= 1_000 ? error.errno : undefined;
}
/** Access denied, to whatever it was (server error reference: 1044, 1045, 1142, 1143, 1227, 1370). */
const DENIED: ReadonlySet<number> = new Set([1044, 1045, 1142, 1143, 1227, 1370]);

function signInReach(error: unknown, hasPassword: boolean): InstanceFailure['reach'] {
  if (error instanceof InstanceFailure) return error.reach;
  switch (errorNumber(error)) {
    case 1045: // access denied
    case 1698: // access denied, password not used
    case 1862: // password expired
      return hasPassword ? 'wrong-credentials' : 'credentials-missing';
    case 1130: // this host may not connect
      return 'no-rights';
    case 1040: // too many connections
    case 1129: // host blocked after errors
      return 'refused';
    case 3159: // the server wants TLS
      return 'tls-mismatch';
    default:
      return driverReach(error);
  }
}
function driverReach(error: unknown): InstanceFailure['reach'] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('HANDSHAKE_') && code.includes('SSL')) return 'tls-mismatch';
  if (/^(AUTH_SWITCH|MYSQL_CLEAR)/.test(code)) return 'wrong-credentials';
  const reach = reachOf(error);
  return reach === 'failed' ? 'protocol' : reach;
}
