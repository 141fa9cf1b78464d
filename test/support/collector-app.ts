/** The API over a real database, with two customers and somebody of every role. Hashing is cheap here, everything else as shipped. */
import { randomUUID } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { AdministratorSlot, Role } from '../../collector/access/principal.ts';
import { type AppOptions, createApp } from '../../collector/http/app.ts';
import type { AppDeps } from '../../collector/http/deps.ts';
import { collectorLogger } from '../../collector/log.ts';
import { SecretBox } from '../../collector/notify/secret-box.ts';
import type { Database } from '../../collector/store/database.ts';
import { insertUser } from '../../collector/store/user-store.ts';
import { loadPolicies } from '../../collector/support/policies.ts';
import { type Parts, wireCollector } from '../../collector/wiring.ts';
import PACKAGE from '../../package.json' with { type: 'json' };

export const NOW = 1_795_305_600_000;
export const PASSWORD = 'correct horse battery';
const POLICIES = loadPolicies();
export const CHEAP = { ln: 4, r: 8, p: 1 } as const;

export interface TestClient {
  readonly userId: string;
  readonly role: Role;
  readonly customerId: string | null;
  readonly cookie: string;
  readonly csrf: string;
  /** As the browser's own pages would send it. */
  readonly call: (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
}
export type TestCollector = Awaited<ReturnType<typeof testCollector>>;

export async function testCollector(database: Database, given: Partial<AppDeps> = {}, options: AppOptions = {}, parts: Partial<Parts> = {}) {
  const clock = { now: NOW };
  const log: string[] = [];
  const logger = collectorLogger('debug', { write: (line) => log.push(line) });
  const {
    deps: real,
    hasher,
    ...wired
  } = wireCollector({
    database,
    logger,
    box: new SecretBox([Buffer.alloc(32, 7)]),
    policies: POLICIES,
    checkTexts: () => undefined,
    now: () => clock.now,
    publicUrl: 'http://127.0.0.1:8080',
    defaultPolicy: 'daocloud/standard',
    isOpen: () => true,
    version: PACKAGE.version,
    scryptCost: CHEAP,
    threads: 0,
    ...parts,
  });
  const deps: AppDeps = { ...real, ...given };
  const { sessions, accounts } = deps;
  const { app, endpoints } = await createApp(deps, logger, { limits: { perPrincipal: 100_000, perAddress: 100_000 }, ...options });

  const addUser = async (
    role: Role,
    customerId: string | null,
    extra: { readonly administrator?: AdministratorSlot; readonly serves?: 'all' | readonly string[]; readonly login?: string } = {},
  ): Promise<string> => {
    const id = randomUUID();
    const login = extra.login ?? `${role}-${id.slice(0, 8)}`;
    const customer = customerId === null ? {} : { administrator: extra.administrator ?? null };
    await insertUser(database.db, {
      id,
      customerId,
      role,
      login,
      name: `Name of ${login}`,
      email: `${login}@example.com`,
      locale: 'en',
      status: 'active',
      administrator: null,
      approvedBy: id,
      serves: extra.serves ?? [],
      password: await hasher.hash(PASSWORD),
      createdAt: NOW,
      ...customer,
    });
    return id;
  };
  const client = async (role: Role, customerId: string | null, extra: Parameters<typeof addUser>[2] = {}): Promise<TestClient> => {
    const login = extra.login ?? `${role}-${randomUUID().slice(0, 8)}`;
    const userId = await addUser(role, customerId, { ...extra, login });
    const { secret, csrfToken } = await sessions.signIn({ login, password: PASSWORD, address: '192.0.2.1' }, clock.now);
    const cookie = `xunjian=${secret}`;
    return {
      userId,
      role,
      customerId,
      cookie,
      csrf: csrfToken,
      call: (method, url, body, headers) =>
        app.inject({
          method: method as NonNullable<InjectOptions['method']>,
          url,
          headers: { cookie, ...(method !== 'GET' && { 'x-csrf-token': csrfToken }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
          ...(body !== undefined && { payload: JSON.stringify(body) }),
        }),
    };
  };
  const addCustomer = async (name: string): Promise<string> => {
    const id = randomUUID();
    await database.db.insertInto('customers').values({ id, name, zone: 'Asia/Shanghai', locale: 'zh', contacts: '{}', demo: 0, created_at: NOW }).execute();
    return id;
  };
  return { app, endpoints, deps, wired, clock, log, hasher, sessions, accounts, addUser, client, addCustomer };
}
