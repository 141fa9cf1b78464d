import { describe, expect, it } from 'vitest';
import { CollectorConfigError, loadCollectorConfig } from '../../collector/config.ts';

function faultsOf(sources: Parameters<typeof loadCollectorConfig>[0]) {
  try {
    loadCollectorConfig(sources);
  } catch (error) {
    if (error instanceof CollectorConfigError) return error.faults;
    throw error;
  }
  throw new Error('it was accepted');
}

describe("the collector's configuration", () => {
  it('needs nothing', () => {
    const config = loadCollectorConfig({});
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 8080 });
    expect(config.database.url).toMatch(/^sqlite:\/.*\/xunjian-data\/xunjian\.db$/);
    expect(config.trustProxy).toEqual([]);
  });

  it('lets options win over variables, and variables over the file', () => {
    const file = 'listen: 0.0.0.0:1\nlogLevel: debug\ndatabase: { poolSize: 20 }\n';
    const environment = { XUNJIAN_LISTEN: ':2', DATABASE_URL: 'postgres://db/x', XUNJIAN_TRUST_PROXY: '10.0.0.0/8, ::1' };
    const config = loadCollectorConfig({ file, environment, options: { listen: '[::1]:3' } });
    expect(config.listen).toEqual({ host: '::1', port: 3 });
    expect(config.logLevel).toBe('debug');
    expect(config.database).toMatchObject({ url: 'postgres://db/x', poolSize: 20 });
    expect(config.trustProxy).toEqual(['10.0.0.0/8', '::1']);
    expect(loadCollectorConfig({ file, environment }).listen.port).toBe(2);
    expect(loadCollectorConfig({ file }).listen.port).toBe(1);
  });

  it('names every fault at once, where it came from', () => {
    const faults = faultsOf({
      file: 'lissen: x\nsessions: { idleMinutes: -1 }\ntls: { certFile: c }\nretention: { forever: 30 }\noidc: { issuer: ftp://x, clientId: a }\n',
      environment: { XUNJIAN_LOG_LEVEL: 'loud' },
      options: { listen: 'nowhere', 'trust-proxy': '10.0.0.0/99' },
    });
    expect(faults.map(({ path }) => path).sort()).toEqual([
      '--listen',
      '--trust-proxy',
      'XUNJIAN_LOG_LEVEL',
      'lissen',
      'oidc.issuer',
      'retention.forever',
      'sessions.idleMinutes',
      'tls.keyFile',
    ]);
  });

  it('lets nobody keep things shorter than a promise needs', () => {
    expect(faultsOf({ file: 'retention: { daily-rollups: 30, incidents: 10 }' })[0]).toMatchObject({
      path: 'retention',
      expected: expect.stringContaining('daily-rollups: at least 400 days'),
    });
    expect(loadCollectorConfig({ file: 'retention: { snapshots: 7 }' }).retention).toEqual({ snapshots: 7 });
  });

  it('refuses what is no YAML with its line, and what is too large', () => {
    expect(faultsOf({ file: 'a: 1\nb: [\n' })[0]).toMatchObject({ problem: 'not-yaml' });
    expect(faultsOf({ file: '- a\n' })[0]).toMatchObject({ problem: 'not-yaml' });
    expect(faultsOf({ file: `#${'x'.repeat(1024 * 1024)}` })[0]).toMatchObject({ problem: 'too-large' });
  });
});
