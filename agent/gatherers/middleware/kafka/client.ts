/**
 * The only caller of a Kafka broker: a fixed list of requests that change nothing, one after the other over a line of the
 * visit. The library writes and reads the messages; its own connections, pools, retries and metadata caches are not used.
 */
import type { API, Connection } from '@platformatic/kafka';
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { type Line, openLine } from '../../../middleware/line.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { KafkaLine } from './kafka-line.ts';
import { GREETINGS, REQUESTS, SASL } from './library.ts';
import type { ApiVersions } from './release.ts';

type Requests = typeof REQUESTS;
type Answer<R extends keyof Requests> = Requests[R][0] extends API<infer _Arguments, infer Response> ? Response : never;
type Arguments<R extends keyof Requests> = Requests[R][0] extends API<infer Given, infer _Response> ? Given : never;
type AnyApi = Pick<API<unknown[], unknown>, 'async' | 'key' | 'version'>;

export const MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'] as const;
export type Mechanism = (typeof MECHANISMS)[number];
/** Error codes of the protocol. */
const UNSUPPORTED_MECHANISM = 33;
const ILLEGAL_SASL_STATE = 34;
const AUTHENTICATION_FAILED = 58;
/** Brokers hash 4,096 times by default; who asks for very many times wants us to burn. */
const MOST_ITERATIONS = 200_000;
const BOUNDED_CRYPTO: typeof SASL.scram.defaultCrypto = {
  ...SASL.scram.defaultCrypto,
  async hi(definition, password, salt, iterations) {
    if (!(iterations <= MOST_ITERATIONS)) throw new InstanceFailure('protocol');
    return await SASL.scram.defaultCrypto.hi(definition, password, salt, iterations);
  },
};

export class KafkaClient {
  readonly apis: ApiVersions;
  /** Whether the listener takes nobody without SASL. */
  readonly saslRequired: boolean;
  readonly #visit: Visit;
  readonly #line: Line;
  readonly #wire: KafkaLine;

  private constructor(visit: Visit, { line, wire, apis, saslRequired }: Opened) {
    this.#visit = visit;
    this.#line = line;
    this.#wire = wire;
    this.apis = apis;
    this.saslRequired = saslRequired;
  }

  /**
   * Connects, asks which requests the broker knows, and signs in when a password was declared.
   * @param declared the SASL mechanism; left out: the strongest that the broker offers, never PLAIN over a line without TLS
   * @throws InstanceFailure
   */
  static async open(visit: Visit, declared: Mechanism | undefined): Promise<KafkaClient> {
    const first = await open(visit, declared ?? 'SCRAM-SHA-512');
    if (first.offered === undefined) return new KafkaClient(visit, first);
    // A broker hangs up after a mechanism that it does not offer: the second line is the last.
    first.line.socket.destroy();
    const next = MECHANISMS.find((one) => first.offered?.includes(one) && (one !== 'PLAIN' || visit.secrets.tls !== undefined));
    if (declared !== undefined || next === undefined) throw new InstanceFailure('wrong-credentials');
    const second = await open(visit, next);
    if (second.offered !== undefined) throw new InstanceFailure('wrong-credentials');
    return new KafkaClient(visit, second);
  }

  knows(request: keyof Requests): boolean {
    return this.#pick(request) !== undefined;
  }

  /**
   * The answer, also one that carries errors of its parts; `undefined` when the broker does not know the request.
   * @throws InstanceFailure
   */
  async ask<R extends keyof Requests>(request: R, ...given: Arguments<R>): Promise<Answer<R> | undefined> {
    const api = this.#pick(request);
    return api && ((await answerOf(this.#visit, this.#wire, api, given)) as Answer<R>);
  }
  /** Whether one request may ask for several groups. */
  get asksGroupsTogether(): boolean {
    const [newest] = REQUESTS.offsets;
    return (this.apis.get(newest.key) ?? 0) >= newest.version;
  }

  #pick(request: keyof Requests): AnyApi | undefined {
    const apis: readonly AnyApi[] = REQUESTS[request] as unknown as readonly AnyApi[];
    return apis.find(({ key, version }) => version <= (this.apis.get(key) ?? -1));
  }

  [Symbol.dispose](): void {
    this.#line.socket.destroy();
  }
}

interface Opened {
  readonly line: Line;
  readonly wire: KafkaLine;
  readonly apis: ApiVersions;
  readonly saslRequired: boolean;
  /** Set when the broker does not offer the mechanism that was tried. */
  readonly offered?: readonly string[] | undefined;
}

async function open(visit: Visit, mechanism: Mechanism): Promise<Opened> {
  const { address, limits, signal, secrets } = visit;
  const line = await openLine(address, { limits, signal, tls: secrets.tls });
  const wire = new KafkaLine(line, limits.answerBytes);
  try {
    const apis = await readVersions(visit, wire);
    if (secrets.password === undefined) return { line, wire, apis, saslRequired: false };
    return { line, wire, apis, ...(await signIn(visit, wire, apis, mechanism)) };
  } catch (error) {
    line.socket.destroy();
    throw error;
  }
}

/** A broker older than 2.4 refuses the newer form of this question in the older form of its answer. */
async function readVersions(visit: Visit, wire: KafkaLine): Promise<ApiVersions> {
  for (const api of GREETINGS.versions) {
    const answer = (await answerOf(visit, wire, api as unknown as AnyApi, ['xunjian', '1'])) as { readonly apiKeys: readonly { apiKey: number; maxVersion: number }[] };
    if (answer.apiKeys.length > 0) return new Map(answer.apiKeys.map(({ apiKey, maxVersion }) => [apiKey, maxVersion]));
  }
  throw new InstanceFailure('protocol');
}

async function signIn(visit: Visit, wire: KafkaLine, apis: ApiVersions, mechanism: Mechanism): Promise<Pick<Opened, 'saslRequired' | 'offered'>> {
  const { username = '', password = '' } = visit.secrets;
  const shaken = (await answerOf(visit, wire, GREETINGS.handshake as unknown as AnyApi, [mechanism])) as {
    readonly errorCode?: number;
    readonly mechanisms?: readonly string[];
  };
  if (shaken.errorCode === ILLEGAL_SASL_STATE) return { saslRequired: false }; // a listener without SASL: what is open to everybody is open to us
  if (shaken.errorCode === UNSUPPORTED_MECHANISM) return { saslRequired: true, offered: shaken.mechanisms ?? [] };
  const { newest, oldest } = GREETINGS.authenticate;
  const version = apis.get(newest.key) ?? 0;
  const authenticate = version >= newest.version ? newest : oldest;
  const connection = wire as unknown as Connection;
  try {
    await visit.ask(() =>
      mechanism === 'PLAIN'
        ? SASL.plain.authenticate(authenticate as typeof newest, connection, username, password)
        : SASL.scram.authenticate(authenticate as typeof newest, connection, mechanism === 'SCRAM-SHA-512' ? 'SHA-512' : 'SHA-256', username, password, BOUNDED_CRYPTO),
    );
    return { saslRequired: true };
  } catch (error) {
    throw wire.failure ?? (error instanceof InstanceFailure ? error : new InstanceFailure(isRefusal(error) ? 'wrong-credentials' : 'protocol'));
  }
}
/** The broker's own "no", or a server that does not know the password either (it cannot sign its last message). */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'apiCode' in error ? error.apiCode : undefined;
  if (code === AUTHENTICATION_FAILED) return true;
  if (error instanceof AggregateError && error.errors.some(isRefusal)) return true;
  return isRefusal(error.cause);
}

/** Error codes of parts stay in the answer; what else the library throws is a message that it could not read. */
async function answerOf(visit: Visit, wire: KafkaLine, api: AnyApi, given: readonly unknown[]): Promise<unknown> {
  try {
    return await visit.ask(() => api.async(wire as unknown as Connection, ...given));
  } catch (error) {
    if (error instanceof AggregateError && 'response' in error && typeof error.response === 'object' && error.response !== null) return error.response;
    if (wire.failure) throw wire.failure;
    if (error instanceof InstanceFailure) throw error;
    const reach = reachOf(error);
    throw new InstanceFailure(reach === 'failed' ? 'protocol' : reach);
  }
}
