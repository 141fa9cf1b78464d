/** The only caller of a Redis server: a fixed list of statements, over the visit's one bounded connection, nothing retried. */
import { Redis, type RedisOptions } from 'ioredis';
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import type { Line } from '../../../middleware/line.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { REDIS_GRANTS } from '../../../wire/sections/middleware/redis.ts';

type Grant = (typeof REDIS_GRANTS)[number];

/** Everything that this program can ever say to a Redis, besides AUTH. Read-only, none of them touches a key. */
const STATEMENTS = {
  ping: { words: ['PING'], grant: '+ping' },
  info: { words: ['INFO'], grant: '+info' },
  config: { words: ['CONFIG', 'GET'], grant: '+config|get' },
  clusterInfo: { words: ['CLUSTER', 'INFO'], grant: '+cluster|info' },
  slowLogLength: { words: ['SLOWLOG', 'LEN'], grant: '+slowlog|len' },
  sentinelPrimaries: { words: ['SENTINEL', 'MASTERS'], grant: '+sentinel|masters' },
  sentinelQuorum: { words: ['SENTINEL', 'CKQUORUM'], grant: '+sentinel|ckquorum' },
} as const satisfies Record<string, { readonly words: readonly [string, ...string[]]; readonly grant: Grant }>;
export type Statement = keyof typeof STATEMENTS;

export class RedisClient {
  readonly #redis: Redis;
  readonly #visit: Visit;
  readonly #denied = new Set<Grant>();

  private constructor(redis: Redis, visit: Visit) {
    this.#redis = redis;
    this.#visit = visit;
  }

  /**
   * Connects, sees whether anybody may ask, and signs in when a password was declared.
   * @throws InstanceFailure
   */
  static async open(visit: Visit): Promise<RedisClient> {
    const line = await visit.connect();
    const redis = new Redis({ ...BOUNDED, Connector: connectorFor(line.socket), commandTimeout: visit.limits.statementMs });
    const client = new RedisClient(redis, visit);
    const state: { error?: unknown } = {};
    redis.on('error', (error: unknown) => {
      state.error ??= error;
    });
    try {
      await visit.ask(() => redis.connect());
      await client.#signIn();
      return client;
    } catch (error) {
      redis.disconnect();
      if (error instanceof InstanceFailure) throw error;
      throw line.failure() ?? new InstanceFailure(driverReach(state.error ?? error));
    }
  }

  /** Whether the server wants a password before it answers. */
  get authRequired(): boolean {
    return this.#authRequired;
  }
  #authRequired = false;

  async #signIn(): Promise<void> {
    const { username, password } = this.#visit.secrets;
    try {
      await this.#visit.ask(() => this.#redis.call('PING'));
    } catch (error) {
      const word = replyWord(error);
      if (word === 'DENIED') throw new InstanceFailure('credentials-missing'); // protected mode refuses everybody from elsewhere
      if (word !== 'NOAUTH' && word !== 'NOPERM') throw error;
      this.#authRequired = true;
      if (password === undefined) throw new InstanceFailure('credentials-missing');
    }
    if (password === undefined) return;
    try {
      await this.#visit.ask(() => this.#redis.call('AUTH', ...(username === undefined ? [password] : [username, password])));
    } catch (error) {
      if (replyWord(error) === undefined) throw error;
      // A server without any password refuses one: what is open to everybody is open to us.
      if (this.#authRequired || username !== undefined) throw new InstanceFailure('wrong-credentials');
    }
  }

  /** Rights that were missing so far, as ACL rules. */
  get denied(): readonly Grant[] {
    return [...this.#denied];
  }

  /**
   * The answer, or `undefined` when the account may not ask or the server does not know the statement.
   * @throws InstanceFailure
   */
  async ask(statement: Statement, ...parameters: readonly string[]): Promise<unknown> {
    const { words, grant } = STATEMENTS[statement];
    const [command, ...rest] = words;
    try {
      return await this.#visit.ask(() => this.#redis.call(command, ...rest, ...parameters));
    } catch (error) {
      const word = replyWord(error);
      if (word === 'NOPERM') {
        this.#denied.add(grant);
        this.#visit.deny();
        return undefined;
      }
      if (word === 'NOAUTH') throw new InstanceFailure('credentials-missing');
      if (word !== undefined) return undefined; // e.g. ERR This instance has cluster support disabled, ERR unknown command
      throw error instanceof InstanceFailure ? error : new InstanceFailure(driverReach(error));
    }
  }

  [Symbol.dispose](): void {
    this.#redis.disconnect();
  }
}

/** No reconnection, no queue while there is no connection, no retries, no words about ourselves to the server. */
const BOUNDED: RedisOptions = {
  lazyConnect: true,
  protocol: 2, // what every release since 2.0 speaks; HELLO would want the password at once
  retryStrategy: null,
  reconnectOnError: null,
  enableOfflineQueue: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  enableReadyCheck: false, // a server that is loading is told by INFO
  disableClientInfo: true,
  stringNumbers: true,
};

/** Hands the driver a socket that stands already: TLS, caps and deadlines are the line's. */
function connectorFor(socket: Line['socket']): NonNullable<RedisOptions['Connector']> {
  return class {
    check(): boolean {
      return true;
    }
    disconnect(): void {
      socket.destroy();
    }
    async connect(): Promise<typeof socket> {
      return socket;
    }
  } as unknown as NonNullable<RedisOptions['Connector']>; // the driver asks for these three methods and no more
}

/** First word of an error that the server replied; the rest may quote anything and is dropped here. */
function replyWord(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined;
  return /^-?([A-Z]{2,20})\b/.exec(error.message)?.[1] ?? 'ERR';
}
function driverReach(error: unknown): InstanceFailure['reach'] {
  if (error instanceof Error && error.name === 'ParserError') return 'protocol';
  if (error instanceof Error && /timed out/i.test(error.message)) return 'timeout';
  const reach = reachOf(error);
  return reach === 'failed' ? 'protocol' : reach; // "Connection is closed.": it hung up on us
}
