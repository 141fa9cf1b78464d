import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../collector/store/database.ts';
import { NOW, PASSWORD, type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';

describe('the API under abuse', () => {
  let database: Database;
  let collector: TestCollector;
  let port: number;
  let admin: TestClient;
  beforeAll(async () => {
    database = await openDatabase({ url: 'sqlite::memory:' });
    collector = await testCollector(database, {}, { times: { headersMs: 400, requestMs: 800 } });
    await collector.app.listen({ host: '127.0.0.1', port: 0 });
    const address = collector.app.server.address();
    port = typeof address === 'object' && address ? address.port : 0;
    admin = await collector.client('administrator', null, { serves: 'all', login: 'boss' });
  });
  afterAll(async () => {
    await collector.app.close();
    await database[Symbol.asyncDispose]();
  });
  const post = (payload: string, type = 'application/json') =>
    collector.app.inject({ method: 'POST', url: '/api/v1/sessions', headers: { 'content-type': type }, payload, remoteAddress: `10.0.0.${Math.floor(Math.random() * 250)}` });
  /** What the server says to raw bytes, and after how long it hangs up. */
  const raw = (bytes: string, drip?: string): Promise<{ text: string; tookMs: number }> =>
    new Promise((resolve) => {
      const begin = performance.now();
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 50);
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(dripping);
        resolve({ text, tookMs: performance.now() - begin });
      });
    });

  it('refuses bodies that are broken, deep, poisoned, too large or of another kind, with a problem that quotes nothing', async () => {
    const cases: readonly [string, string, number, string][] = [
      ['{"login": "a", "password"', 'application/json', 400, 'invalid'],
      [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'application/json', 413, 'too-large'],
      ['{"login":"a","password":"b","__proto__":{"role":"administrator"}}', 'application/json', 400, 'invalid'],
      ['{"login":"a","password":"b","constructor":{"prototype":{"x":1}}}', 'application/json', 400, 'invalid'],
      ['{"login":"a","password":"b","role":"administrator"}', 'application/json', 400, 'invalid'],
      [JSON.stringify({ login: 'a', password: 'x'.repeat(1024 * 1024) }), 'application/json', 413, 'too-large'],
      [`{"login":${'9'.repeat(400)},"password":"b"}`, 'application/json', 400, 'invalid'],
      ['<login>a</login>', 'application/xml', 415, 'unsupported'],
      ['login=a&password=b', 'text/plain', 415, 'unsupported'],
      ['{"login":"a\\u0000","password":"b"}', 'application/json', 400, 'invalid'],
      ['null', 'application/json', 400, 'invalid'],
      ['[]', 'application/json', 400, 'invalid'],
    ];
    for (const [payload, type, status, code] of cases) {
      const answer = await post(payload, type);
      expect(answer.statusCode, payload.slice(0, 60)).toBe(status);
      expect(answer.json()).toMatchObject({ code });
      expect(answer.body).not.toContain('xxxx');
    }
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it('refuses queries that it does not know, and ids that are none', async () => {
    for (const url of [
      '/api/v1/users?limit=3&sort=password',
      '/api/v1/users?limit=0',
      '/api/v1/users?limit=100000',
      '/api/v1/users?limit=1&limit=2',
      "/api/v1/users/x'%20or%201=1",
      '/api/v1/incidents?state=open,dropped',
    ]) {
      const answer = await admin.call('GET', url);
      expect(answer.statusCode, url).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'invalid' });
    }
    expect((await collector.app.inject({ url: '/api/v1/%zz' })).json()).toMatchObject({ code: 'invalid' });
    expect((await admin.call('GET', `/api/v1/users/${'a'.repeat(3_000)}`)).statusCode).toBeGreaterThanOrEqual(400);
    expect((await admin.call('GET', '/api/v1/users/..%2f..%2fetc%2fpasswd')).statusCode).toBe(400);
  });

  it('says which methods an address has, and answers HEAD without a body', async () => {
    const wrong = await collector.app.inject({ method: 'DELETE', url: '/api/v1/incidents' });
    expect(wrong.statusCode).toBe(405);
    expect(wrong.headers.allow).toBe('GET, HEAD, POST');
    const head = await collector.app.inject({ method: 'HEAD', url: '/healthz' });
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect((await collector.app.inject({ url: '/API/V1/incidents' })).statusCode).toBe(404);
  });

  it('hangs up on who sends headers or a body drop by drop', async () => {
    const headers = await raw('GET /healthz HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n');
    expect(headers.tookMs).toBeLessThan(3_000);
    expect(headers.text).toContain('408');
    const body = await raw('POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{', ' ');
    expect(body.tookMs).toBeLessThan(4_000);
    const large = await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(large.text).toContain('431');
    expect(large.text).toContain('"code":"too-large"');
    const broken = await raw('NONSENSE\r\n\r\n');
    expect(broken.text).toContain('400');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('limits requests of one principal and of one address, and tells when to come back', async () => {
    const tight = await testCollector(database, {}, { limits: { perPrincipal: 5, perAddress: 3 } });
    const client = await tight.client('administrator', null, { serves: 'all' });
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1) statuses.push((await client.call('GET', '/api/v1/users')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const stranger: number[] = [];
    for (let count = 0; count < 5; count += 1)
      stranger.push((await tight.app.inject({ url: '/api/v1/users', headers: { authorization: `Bearer guess-number-${count}-0123456789` } })).statusCode);
    expect(stranger).toEqual([401, 401, 401, 429, 429]);
    const limited = await tight.app.inject({ url: '/nowhere' });
    expect(limited.statusCode).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect(limited.json()).toMatchObject({ code: 'too-many' });
  });

  it('sends the headers that keep browsers safe, on answers and on refusals', async () => {
    for (const url of ['/healthz', '/nowhere', '/api/v1/users', '/sign-in']) {
      const { headers } = await collector.app.inject({ url });
      expect(headers['content-security-policy'], url).toContain("default-src 'none'");
      expect(headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
      expect(headers, url).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
      expect(headers['x-powered-by']).toBeUndefined();
    }
    const page = await collector.app.inject({ url: '/sign-in?lang=en', headers: { 'accept-language': 'zh' } });
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.body).toContain('<html lang="en">');
    expect((await collector.app.inject({ url: '/setup?link=%22%3E%3Cscript%3E' })).body).not.toContain('<script');
  });

  it('describes every endpoint in OpenAPI 3.1', async () => {
    const document = (await collector.app.inject({ url: '/api/v1/openapi.json' })).json<{
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown>; parameters: { name: string; in: string }[] }>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, ...one })));
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      collector.endpoints.map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort(),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, parameters, responses } of operations) {
      expect(Object.keys(responses), path).toContain('default');
      expect(parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    for (const reference of new Set(references)) expect(reference).toMatch(/#\/components\/schemas\/Problem|#\/\$defs\//);
  });

  it('logs neither passwords, cookies, tokens nor what stood in a query', async () => {
    await collector.app.inject({ url: '/setup?link=a-secret-link', headers: { authorization: 'Bearer a-secret-token-of-somebody', cookie: 'xunjian=a-secret-cookie' } });
    await post(JSON.stringify({ login: 'boss', password: PASSWORD }));
    const text = collector.log.join('');
    for (const secret of ['a-secret-link', 'a-secret-token', 'a-secret-cookie', PASSWORD, '10.0.0.']) expect(text.includes(secret), secret).toBe(false);
  });

  it('refuses stale versions and repeats of a command change nothing', async () => {
    const customer = await collector.addCustomer('C');
    const opened = (await admin.call('POST', '/api/v1/incidents', { customerId: customer, title: 'broken', severity: 'critical' })).json<{ id: string; version: number }>();
    const url = `/api/v1/incidents/${opened.id}/commands`;
    const shown = await admin.call('GET', `/api/v1/incidents/${opened.id}`);
    expect(shown.headers.etag).toBe(`"${opened.version}"`);
    const done = await admin.call('POST', url, { command: { kind: 'acknowledge' } }, { 'if-match': String(shown.headers.etag), 'idempotency-key': 'k-1' });
    expect(done.json()).toMatchObject({ state: 'acknowledged' });
    const again = await admin.call('POST', url, { command: { kind: 'acknowledge' } }, { 'idempotency-key': 'k-1' });
    expect(again.json()).toEqual(done.json());
    const stale = await admin.call('POST', url, { command: { kind: 'start' } }, { 'if-match': '"1"' });
    expect(stale.statusCode).toBe(409);
    const clocks = (await admin.call('GET', `/api/v1/incidents/${opened.id}/clocks`)).json<{ clocks: { clock: string; dueAt?: number; segments: unknown[] }[] }>();
    expect(clocks.clocks.find(({ clock }) => clock === 'respond')).toBeDefined();
    expect(shown.json<{ clocks: { dueAt?: number }[] }>().clocks.some(({ dueAt }) => dueAt !== undefined && dueAt > NOW)).toBe(true);
  });
});
