/** The only caller of a Nacos: a fixed list of paths of its three APIs, none of which reads a configuration or a service. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { type Answer, askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { at, textAt } from '../json.ts';

/** Everything that this program can ever ask a Nacos, by the generation of its API. */
const PATHS = {
  v1: {
    state: '/v1/console/server/state',
    readiness: '/v1/console/health/readiness',
    nodes: '/v1/core/cluster/nodes?withInstances=false',
    login: '/v1/auth/login',
  },
  v3: {
    state: '/v3/admin/core/state',
    readiness: '/v3/admin/core/state/readiness',
    nodes: '/v3/admin/core/cluster/node/list',
    login: '/v3/auth/user/login',
  },
} as const;
const METRICS = '/actuator/prometheus';
/** A configuration that nobody has: who may not read any is told so before it is looked for. */
const ABSENT = '/v1/cs/configs?dataId=xunjian-absent&group=xunjian-absent';
const TOKEN = /^[\w.+/=~-]{1,4096}$/;
type Generation = keyof typeof PATHS;

export class NacosClient {
  readonly generation: Generation;
  /** What the server tells of itself to anybody. */
  readonly state: unknown;
  readonly #visit: Visit;
  readonly #base: string;
  #token: string | undefined;

  private constructor(visit: Visit, base: string, generation: Generation, state: unknown) {
    this.#visit = visit;
    this.#base = base;
    this.generation = generation;
    this.state = state;
  }

  /** Finds out which API the server has, and signs in when a password was declared. @throws InstanceFailure */
  static async open(visit: Visit, base: string): Promise<NacosClient> {
    for (const generation of ['v1', 'v3'] as const) {
      const answer = await askHttp(visit, { path: `${base}${PATHS[generation].state}`, anyStatus: true, signing: 'none' });
      const state = parsed(answer);
      const told = generation === 'v1' ? state : at(state, 'data');
      if (answer.status !== 200 || textAt(told, 'version') === undefined) continue;
      const client = new NacosClient(visit, base, generation, told);
      if (visit.secrets.password !== undefined) client.#token = await client.#signIn(visit.secrets.username ?? 'nacos', visit.secrets.password);
      return client;
    }
    throw new InstanceFailure('protocol');
  }

  /** A server whose signing in is off may not know the path; then nobody needs to. */
  async #signIn(username: string, password: string): Promise<string | undefined> {
    let answer: Answer;
    try {
      answer = await this.#login(username, password);
    } catch (error) {
      // 1.4 refuses with a status line that is none; the server has spoken HTTP a moment before.
      if (error instanceof InstanceFailure && error.reach === 'protocol') throw new InstanceFailure('wrong-credentials');
      throw error;
    }
    if (answer.status === 404 || answer.status === 501) return undefined;
    const body = parsed(answer);
    const token = textAt(body, 'accessToken') ?? textAt(at(body, 'data'), 'accessToken');
    if (answer.status !== 200 || token === undefined || !TOKEN.test(token)) throw new InstanceFailure(answer.status >= 500 ? 'failed' : 'wrong-credentials');
    return token;
  }
  /** Whether these sign in; only when the site declares that they may be tried. */
  async takes(username: string, password: string): Promise<boolean | undefined> {
    const status = await this.#login(username, password).then(
      (answer) => answer.status,
      (error: unknown) => (error instanceof InstanceFailure && error.reach === 'protocol' ? 403 : 0),
    );
    return status === 200 ? true : status === 401 || status === 403 ? false : undefined;
  }
  async #login(username: string, password: string): Promise<Answer> {
    return await askHttp(this.#visit, {
      method: 'POST',
      path: `${this.#base}${PATHS[this.generation].login}`,
      body: new URLSearchParams({ username, password }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      anyStatus: true,
      signing: 'none',
    });
  }

  /** The nodes of the cluster; `refused` when the account may not see them, `undefined` when the answer is none. */
  async nodes(): Promise<readonly unknown[] | 'refused' | undefined> {
    const answer = await this.#ask(PATHS[this.generation].nodes);
    if (answer.status === 401 || answer.status === 403) return 'refused';
    const data = at(parsed(answer), 'data');
    return Array.isArray(data) ? data.slice(0, 200) : undefined;
  }
  async isReady(): Promise<boolean | undefined> {
    const { status } = await this.#ask(PATHS[this.generation].readiness);
    return status === 200 ? true : status >= 500 ? false : undefined;
  }
  /** Prometheus' text; `undefined` when the endpoint is not exposed. */
  async metrics(): Promise<string | undefined> {
    const { status, body } = await this.#ask(METRICS);
    return status === 200 ? body : undefined;
  }
  /** Whether somebody who has not signed in is let in, where the server does not say it itself. */
  async isOpen(): Promise<boolean | undefined> {
    const { status } = await askHttp(this.#visit, { path: `${this.#base}${ABSENT}`, anyStatus: true, signing: 'none' });
    return status === 401 || status === 403 ? false : status === 404 ? true : undefined;
  }

  async #ask(path: string): Promise<Answer> {
    const headers: Record<string, string> = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    return await askHttp(this.#visit, { path: `${this.#base}${path}`, headers, anyStatus: true, signing: 'none' });
  }
}

function parsed({ body }: Answer): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
