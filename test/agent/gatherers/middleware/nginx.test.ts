import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE_CHECKS } from '../../../../agent/checks/middleware/index.ts';
import { runChecks } from '../../../../agent/checks/run.ts';
import { parseConfiguration } from '../../../../agent/gatherers/middleware/nginx/configuration.ts';
import { NGINX } from '../../../../agent/gatherers/middleware/nginx/nginx.ts';
import { gatherMiddleware } from '../../../../agent/gatherers/middleware/run.ts';
import { Host } from '../../../../agent/host/host.ts';
import { LIMITS, MIDDLEWARE_DEFAULTS } from '../../../../agent/middleware/declaration.ts';
import { Authority } from '../../../support/certificates.ts';
import { HONEST, HTTP_FLOOD, Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware } from '../../../support/middleware.ts';
import { freePort } from '../../../support/postgres.ts';
import { until } from '../../../support/redis.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/nginx.md'), 'utf8');

const NO_NGINX = existsSync('/usr/sbin/nginx') ? undefined : 'nginx is not installed (Debian: nginx-light)';

describe.skipIf(NO_NGINX)('inspecting nginx on a host', { timeout: 120_000 }, () => {
  const folder = mkdtempSync('/tmp/xunjian-nginx-');
  const children: ChildProcess[] = [];
  const authority = new Authority(folder, 'trusted');
  const { certFile, keyFile } = authority.issue('canary.example', 'DNS:canary.example');
  afterAll(() => {
    for (const child of children) child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });
  async function start(name: string, main: string, http: string, included: string): Promise<number> {
    const own = join(folder, name);
    mkdirSync(join(own, 'conf.d'), { recursive: true });
    const [port = 0, tlsPort = 0] = [await freePort(), await freePort()].sort((a, b) => a - b); // it is known by its lowest port
    const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${own}/${one};`).join(' ');
    writeFileSync(join(own, 'conf.d/site.conf'), included.replaceAll('TLS_PORT', String(tlsPort)).replaceAll('PORT', String(port)));
    writeFileSync(
      join(own, 'nginx.conf'),
      `daemon off; pid ${own}/pid; error_log ${own}/error.log; worker_processes 1; ${main}\nevents { worker_connections 64; }\nhttp { ${temps} access_log ${own}/access.log; ${http} include conf.d/*.conf; }\n`,
    );
    children.push(spawn('/usr/sbin/nginx', ['-c', join(own, 'nginx.conf'), '-p', `${own}/`], { stdio: 'ignore' }));
    await until(
      async () =>
        await fetch(`http://127.0.0.1:${port}/nginx_status`).then(
          () => true,
          () => false,
        ),
    );
    return port;
  }
  /** As an agent on the host would: found by its process, named by its port. */
  async function inspect(port: number) {
    const match = {
      product: 'nginx' as const,
      name: 'subject',
      addresses: [],
      match: { instance: `host-1/nginx/${port}` },
      limits: LIMITS,
      blackout: [],
      options: { statusPath: '/nginx_status' },
    };
    const now = Math.floor(Date.now() / 1_000);
    const { sections, reports } = await gatherMiddleware({
      products: [NGINX],
      config: { ...MIDDLEWARE_DEFAULTS, instances: [match] },
      host: await Host.at('/', { sampleMs: 0, now: () => Date.now() }),
      hostName: 'host-1',
      baselines: {},
      optOut: new Set(),
      signal: AbortSignal.timeout(60_000),
      now,
      clock: () => performance.now(),
    });
    const row = sections.middlewareNginx?.rows.find(({ instance }) => instance === 'subject');
    const { findings } = runChecks(MIDDLEWARE_CHECKS, sections, reports, new Set(['middleware']), { now, host: 'host-1' });
    const found = findings.filter(({ scope, check }) => scope.name === 'subject' && check.startsWith('nginx')).map(({ check }) => check);
    return { row, found: found.sort(), text: JSON.stringify(sections) };
  }

  it('finds nothing at a sound one, and what is planted in another, and sends no name or path', async () => {
    const status = /^location = .*$/m.exec(PAGE)?.[0] ?? '';
    expect(status).toContain('stub_status');
    const tls = `server { listen 127.0.0.1:TLS_PORT ssl; server_name canary.example; ssl_certificate ${certFile}; ssl_certificate_key ${keyFile}; }`;
    const sound = await start(
      'sound',
      'worker_rlimit_nofile 1024; user www-data;',
      'server_tokens off; ssl_protocols TLSv1.2 TLSv1.3;',
      `server { listen 127.0.0.1:PORT; server_name canary.example; ${status} }\n${tls}`,
    );
    const good = await inspect(sound);
    expect(good.row).toMatchObject({
      reach: 'ok',
      configurationRead: true,
      configurationCut: false,
      servers: 2,
      tlsServers: 1,
      certificates: 1,
      workerConnections: 64,
      droppedConnections: 0,
      runsAsRoot: false,
    });
    expect(good.found).toEqual([]);
    const short = authority.issue('soon', 'DNS:soon', true);
    const bad = await start(
      'bad',
      'worker_rlimit_nofile 60; user root;',
      'autoindex on; ssl_protocols TLSv1 TLSv1.2; client_max_body_size 0; proxy_ssl_verify off; log_format canary \'{ "canary": "}" }\'; upstream canary_upstream { server 127.0.0.1:1; }',
      `# canary }\nserver { listen 127.0.0.1:PORT; location = /nginx_status { stub_status; } location /canary { proxy_pass http://canary_upstream; } }\nserver { listen 127.0.0.1:TLS_PORT ssl; ssl_certificate ${short.certFile}; ssl_certificate_key ${short.keyFile}; }`,
    );
    const told = await inspect(bad);
    expect(told.row).toMatchObject({ version: expect.stringMatching(/^1\.\d+/), tokensShown: true, singleUpstreams: 1 });
    expect(told.found).toEqual(
      [
        'certificate-expiring',
        'descriptors-low',
        'body-unlimited',
        'listing-on',
        'protocol-old',
        'runs-as-root',
        'status-open',
        'tokens-shown',
        'upstream-single',
        'upstream-unverified',
      ]
        .map((one) => `nginx-${one}`)
        .sort(),
    );
    expect(good.text + told.text).not.toContain('canary');
  });
});

describe('reading nginx by what it answers', { timeout: 60_000 }, () => {
  const impostors = new Impostors();
  afterAll(() => impostors[Symbol.dispose]());
  it('parses the language as nginx does, and refuses what is none', () => {
    expect(parseConfiguration('a b "c;d" \'{\'; # x }\nhttp { content_by_lua_block { local t = { 1 } } server { listen 80; } }')).toEqual([
      { name: 'a', values: ['b', 'c;d', '\\{'] },
      {
        name: 'http',
        values: [],
        block: [
          { name: 'content_by_lua_block', values: [] },
          { name: 'server', values: [], block: [{ name: 'listen', values: ['80'] }] },
        ],
      },
    ]);
    for (const broken of ['a', 'a {', '}', 'a; }', 'a { b }', '"open']) expect(parseConfiguration(broken)).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', ';', '"', "'", '\\', '#', '\n', ' ', 'a', '$'), maxLength: 200 }), (text) => {
        parseConfiguration(text);
      }),
    );
  });
  it('says what it cannot read', async () => {
    const ask = async (port: number, options: Record<string, string> = { statusPath: '/s' }) => await inspectMiddleware({ product: 'nginx', ports: [port], declared: { options } });
    const port = await impostors.http({ '/s': 'Active connections: 3 \nserver accepts handled requests\n 20 15 30 \nReading: 0 Writing: 1 Waiting: 2 \n', '/other': 'hello' });
    const told = await ask(port);
    expect(told.reach).toBe('ok');
    expect(told.found).toEqual(['nginx-connections-dropped']);
    expect((await ask(port, { statusPath: '/other' })).reach).toBe('protocol');
    expect((await ask(port, {})).reach).toBe('not-addressed');
    expect((await ask(await impostors.silent(), { statusPath: '/s\r\nx: y' })).reach).toBe('failed');
  });
  it('reads an ingress controller by its metrics: reload, expiry, share of errors', async () => {
    // Names and labels as in the controller's documentation of its metrics.
    const metrics = (reloaded: number, failed: number, ends: number): string =>
      `# TYPE nginx_ingress_controller_config_last_reload_successful gauge
nginx_ingress_controller_config_last_reload_successful{controller_class="k8s.io/ingress-nginx",controller_namespace="ingress-canary",controller_pod="canary-pod"} ${reloaded}
nginx_ingress_controller_ssl_expire_time_seconds{class="k8s.io/ingress-nginx",host="canary.example",namespace="shop",secret_name="canary-tls"} ${ends}
nginx_ingress_controller_requests{host="canary.example",ingress="canary",status="200"} ${10_000 - failed}
nginx_ingress_controller_requests{host="canary.example",ingress="canary",status="502"} ${failed}
nginx_ingress_controller_nginx_process_connections{state="active"} 7
`;
    const now = Math.floor(Date.now() / 1_000);
    const pages = [metrics(1, 10, now + 200 * 86_400), metrics(0, 900, now + 86_400)];
    await using server = createServer((_, response) => response.end(pages.shift() ?? ''));
    await new Promise<void>((resolve) => server.listen(10_254, '127.0.0.29', resolve)); // known by its port
    const ask = async () => await inspectMiddleware({ product: 'nginx', ports: [], declared: { addresses: [{ host: '127.0.0.29', port: 10_254 }] } });
    const sound = await ask();
    expect(sound.found).toEqual([]);
    expect(sound.sections.middlewareNginx?.rows).toMatchObject([{ kind: 'ingress-controller', requests: 10_000, activeConnections: 7, certificates: 1 }]);
    const ill = await ask();
    expect(ill.found).toEqual(['nginx-certificate-expiring', 'nginx-errors-high', 'nginx-reload-failed']);
    expect(sound.payload.json + ill.payload.json).not.toMatch(/canary|shop/);
    expect((await ask()).reach).toBe('protocol');
  });
  it('ends in time with servers that hang, close, babble or flood', async () => {
    const options = { statusPath: '/s' };
    expect(await impostors.ends('nginx', HTTP_FLOOD, undefined, { options })).toEqual([...HONEST]);
  });
});
