import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, type Fault, parseSiteConfig } from '../../agent/config.ts';
import { LIMITS, type MiddlewareConfig } from '../../agent/middleware/declaration.ts';

function parsed(...lines: readonly string[]): MiddlewareConfig | undefined {
  return parseSiteConfig(['middleware:', ...lines.map((line) => `  ${line}`)].join('\n')).middleware;
}
/** `path: what would be right` of every fault. */
function faultsOf(...lines: readonly string[]): string[] {
  try {
    parsed(...lines);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ path, problem, expected }: Fault) => `${path}: ${expected ?? problem}`);
    throw error;
  }
  return [];
}

describe('declared middleware', () => {
  it('is taken as the pages for people write it', () => {
    const folder = join(import.meta.dirname, '../../docs/middleware');
    const texts = globSync('*.md', { cwd: folder }).flatMap((page) => {
      const blocks = readFileSync(join(folder, page), 'utf8').matchAll(/^```yaml\n(middleware:[\s\S]*?)^```/gm);
      return [...blocks].map(([, text = '']) => ({ page, text }));
    });
    expect(texts.map(({ page }) => page)).toContain('instances.md');
    for (const { page, text } of texts) expect(() => parseSiteConfig(text), page).not.toThrow();
    const { limits, blackout } = parseSiteConfig(texts.find(({ page }) => page === 'instances.md')?.text ?? '').middleware?.instances[0] ?? {};
    expect({ limits, blackouts: blackout?.length }).toEqual({ limits: LIMITS, blackouts: 2 });
  });
  it('refuses an option that nobody reads, and says which there are', () => {
    const one = (product: string, options: string) => faultsOf('instances:', `  - { product: ${product}, name: a, addresses: ["10.0.0.5:80"], options: ${options} }`);
    expect(one('nginx', '{ statuspath: /s }')).toEqual(['middleware.instances.0.options.statuspath: nginx: home, statusPath']);
    expect(one('nginx', '{ statusPath: /s }')).toEqual([]);
    expect(one('redis', '{ tryDefaultPassword: true }')).toHaveLength(1);
  });
  it('is read with its addresses, files and defaults', () => {
    const config = parsed(
      'instances:',
      '  - product: redis',
      '    name: orders-cache',
      '    addresses: ["10.0.0.5:6379", "[fd00::5]:6379", "redis.prod.svc:6379"]',
      '    credentials: { username: xunjian, passwordFile: /etc/xunjian/redis }',
      '    limits: { instanceMs: 5000 }',
    );
    expect(config?.instances[0]).toMatchObject({
      addresses: [
        { host: '10.0.0.5', port: 6379 },
        { host: 'fd00::5', port: 6379 },
        { host: 'redis.prod.svc', port: 6379 },
      ],
      credentials: { username: 'xunjian', passwordFile: '/etc/xunjian/redis' },
      limits: { ...LIMITS, instanceMs: 5_000 },
      blackout: [],
    });
    expect(config).toMatchObject({ ignore: [], discovery: { cluster: true, host: true } });
  });

  it.each([
    ['an address without a port', ['instances: [{ product: redis, name: a, addresses: ["10.0.0.5"] }]'], 'middleware.instances.0.addresses.0: host:port or [IPv6]:port'],
    ['a port beyond the last', ['instances: [{ product: redis, name: a, addresses: ["h:70000"] }]'], 'middleware.instances.0.addresses.0: host:port or [IPv6]:port'],
    [
      'a password in the file itself',
      ['instances: [{ product: redis, name: a, addresses: ["h:1"], credentials: { password: x } }]'],
      /^middleware\.instances\.0\.credentials\.password: /,
    ],
    ['a path that is not absolute', ['instances: [{ product: redis, name: a, addresses: ["h:1"], credentials: { passwordFile: x } }]'], /passwordFile: .*absolute path/],
    ['a certificate without its key', ['instances: [{ product: redis, name: a, addresses: ["h:1"], tls: { certFile: /c } }]'], /tls: certFile and keyFile together/],
    ['a product that is not known', ['instances: [{ product: oracle, name: a, addresses: ["h:1"] }]'], /instances\.0\.product: redis, mysql/],
    ['neither address nor match', ['instances: [{ product: redis, name: a }]'], 'middleware.instances.0: addresses or match'],
    ['a name twice', ['instances: [{ product: redis, name: a, addresses: ["h:1"] }, { product: redis, name: a, addresses: ["h:2"] }]'], 'middleware.instances: names must differ'],
    ['an approved setting that nobody compares', ['baselines: [{ product: redis, settings: { requirepass: x } }]'], /baselines\.0\.settings\.requirepass: one of protected-mode/],
    ['an approved value of another type', ['baselines: [{ product: redis, settings: { maxmemory: lots } }]'], 'middleware.baselines.0.settings.maxmemory: a number'],
    ['a rule that ignores everything', ['ignore: [{}]'], 'middleware.ignore.0: at least one part'],
    ['a limit out of range', ['instances: [{ product: redis, name: a, addresses: ["h:1"], limits: { statements: 0 } }]'], /instances\.0\.limits\.statements: /],
    [
      'a blackout without an end',
      ['instances: [{ product: redis, name: a, addresses: ["h:1"], blackout: [{ weekly: { days: [mon], from: "09:00" } }] }]'],
      /instances\.0\.blackout\.0/,
    ],
  ] as const)('is refused with %s, and the message says where', (_what, lines, expected) => {
    expect(faultsOf(...lines)).toEqual(expect.arrayContaining([typeof expected === 'string' ? expected : expect.stringMatching(expected)]));
  });

  it('tells all faults at once', () => {
    expect(faultsOf('instances: [{ product: redis, name: "", addresses: ["h"] }]', 'ignore: [{}]').length).toBe(3);
  });
});
