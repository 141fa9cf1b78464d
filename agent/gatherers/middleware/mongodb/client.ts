/** The only caller of a MongoDB server: a fixed list of read-only commands over the visit's one bounded connection. */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import type { Line } from '../../../middleware/line.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { MONGODB_GRANTS } from '../../../wire/sections/middleware/mongodb.ts';
import { ADMIN, type Connection, greet } from './driver.ts';

export type Grant = (typeof MONGODB_GRANTS)[number];

/** Parameters of the allow-list; `getParameter` of any other is never asked for. */
export const PARAMETERS = [
  'featureCompatibilityVersion',
  'cursorTimeoutMillis',
  'transactionLifetimeLimitSeconds',
  'ttlMonitorEnabled',
  'enableLocalhostAuthBypass',
  'tlsWithholdClientCertificate',
] as const;
/** Sections of `serverStatus` that would name things or cost much. */
const LEFT_OUT = Object.fromEntries(
  ['locks', 'tcmalloc', 'trafficRecording', 'shardingStatistics', 'indexBulkBuilder', 'indexStats', 'advisoryHostFQDNs', 'logicalSessionRecordCache'].map((section) => [
    section,
    0,
  ]),
);

/** Everything that this program can ever say to a MongoDB, besides greeting and signing in. All are for `admin`, none reads a collection. */
const COMMANDS = {
  hello: { words: { hello: 1 }, grant: undefined },
  isMaster: { words: { isMaster: 1 }, grant: undefined },
  buildInfo: { words: { buildInfo: 1 }, grant: undefined },
  hostInfo: { words: { hostInfo: 1 }, grant: undefined },
  /** `oplog: 1` adds the first and last time of the oplog. */
  serverStatus: { words: { serverStatus: 1, oplog: 1, ...LEFT_OUT }, grant: 'serverStatus' },
  replSetGetStatus: { words: { replSetGetStatus: 1 }, grant: 'replSetGetStatus' },
  commandLine: { words: { getCmdLineOpts: 1 }, grant: 'getCmdLineOpts' },
  /** One by one: a release that does not know one refuses all. */
  parameter: { words: { getParameter: 1 }, grant: 'getParameter' },
  listShards: { words: { listShards: 1 }, grant: 'listShards' },
  balancerStatus: { words: { balancerStatus: 1 }, grant: 'balancerStatus' },
} as const satisfies Record<string, { readonly words: Readonly<Record<string, number>>; readonly grant: Grant | undefined }>;
export type Command = keyof typeof COMMANDS;

/** Server error codes: Unauthorized, AuthenticationFailed, and the two ways to say that signing in comes first. */
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED: ReadonlySet<number> = new Set([11, 18, 334, 335]); // also: no such user, mechanism not offered

export class MongodbClient {
  readonly #connection: Connection;
  readonly #visit: Visit;
  readonly #line: Line;
  readonly #denied = new Set<Grant>();

  private constructor(connection: Connection, visit: Visit, line: Line) {
    this.#connection = connection;
    this.#visit = visit;
    this.#line = line;
  }

  /** @param source database that holds the user @throws InstanceFailure */
  static async open(visit: Visit, source: string): Promise<MongodbClient> {
    const line = await visit.connect();
    const { username, password, tls } = visit.secrets;
    const { host, port } = visit.address;
    try {
      const signIn = { username, password, source, certificate: tls?.cert !== undefined && password === undefined };
      return new MongodbClient(await visit.ask(() => greet(line.socket, host, port, signIn)), visit, line);
    } catch (error) {
      line.socket.destroy();
      if (error instanceof InstanceFailure) throw error;
      throw line.failure() ?? new InstanceFailure(greetingReach(error, password !== undefined || tls?.cert !== undefined));
    }
  }

  /** Actions that were missing so far. */
  get denied(): readonly Grant[] {
    return [...this.#denied];
  }

  /**
   * The answer, or `undefined` when the account may not ask or the server does not know the command.
   * @throws InstanceFailure
   */
  async ask(command: Command, parameter?: (typeof PARAMETERS)[number]): Promise<unknown> {
    const { words, grant } = COMMANDS[command];
    try {
      return await this.#visit.ask(() =>
        this.#connection.command(ADMIN, { ...words, ...(parameter !== undefined && { [parameter]: 1 }) }, { socketTimeoutMS: this.#visit.limits.statementMs }),
      );
    } catch (error) {
      if (error instanceof InstanceFailure) throw error;
      const code = codeOf(error);
      if (code === undefined) throw this.#line.failure() ?? new InstanceFailure(driverReach(error));
      if (code === UNAUTHORIZED && grant !== undefined) {
        this.#denied.add(grant);
        this.#visit.deny();
      }
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    this.#connection.destroy();
  }
}

/** Number of an error that the server replied; its text may quote anything and is dropped here. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'MongoServerError') return undefined;
  return 'code' in error && typeof error.code === 'number' ? error.code : 0;
}
function greetingReach(error: unknown, hasCredentials: boolean): InstanceFailure['reach'] {
  const code = codeOf(error);
  if (code === UNAUTHORIZED || (code !== undefined && AUTHENTICATION_FAILED.has(code))) return hasCredentials ? 'wrong-credentials' : 'credentials-missing';
  // The driver itself finds that a server does not prove to know the password.
  if (error instanceof Error && /^MongoRuntimeError|^MongoInvalidArgumentError|^MongoMissingCredentialsError/.test(error.name)) return 'wrong-credentials';
  return driverReach(error);
}
function driverReach(error: unknown): InstanceFailure['reach'] {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'MongoNetworkTimeoutError') return 'timeout';
  const cause = error.cause instanceof Error ? reachOf(error.cause) : 'failed';
  return cause === 'failed' ? 'protocol' : cause; // not in the form of the protocol, or closed in the middle
}
