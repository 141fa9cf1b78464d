import { describe, expect, it } from 'vitest';
import { MIDDLEWARE_LIFECYCLES } from '../../../../agent/checks/lifecycle/middleware/index.ts';
import { advisoriesFor, compareVersions, type ProductLifecycle, releaseOf } from '../../../../agent/checks/lifecycle/middleware/lifecycle.ts';
import { middlewareKnownVulnerability } from '../../../../agent/checks/middleware/common/known-vulnerability.ts';
import type { Sections } from '../../../../agent/wire/section-values.ts';
import { HEALTHY_MIDDLEWARE } from '../../../fixtures/healthy/middleware.ts';

const idsFor = (lifecycle: ProductLifecycle | undefined, version: string): readonly string[] => (lifecycle ? advisoriesFor(lifecycle, version) : []).map(({ id }) => id);

describe('the lifecycles of middleware', () => {
  it('say of each row where it stands and when that was looked at', () => {
    for (const [product, lifecycle] of Object.entries(MIDDLEWARE_LIFECYCLES)) {
      for (const row of [...lifecycle.releases, ...lifecycle.advisories]) {
        expect(row.source.length, product).toBeGreaterThan(8);
        expect(row.checked, product).toMatch(/^20\d\d-\d\d-\d\d$/);
        expect(row.checked <= lifecycle.asOf, product).toBe(true);
      }
    }
  });
  it('tell of a hole whose score was found nowhere, and call it no more than a warning', () => {
    const row = { ...HEALTHY_MIDDLEWARE.middleware?.rows[0], product: 'zookeeper', version: '3.8.2' };
    const found = (version: string): unknown => {
      const middleware = { ...HEALTHY_MIDDLEWARE.middleware, rows: [{ ...row, version }] } as Sections['middleware'];
      return middlewareKnownVulnerability.run({ middleware }, {}, { now: 1_800_000_000, host: 'x' }).findings.map(({ observed, severity }) => [observed, severity]);
    };
    expect(found('3.8.2')).toEqual([['score-unverified', 'warning']]);
    expect(found('3.9.0')).toEqual([[9.1, 'critical']]); // another, whose score is known, goes before
    expect(found('3.9.3')).toEqual([]);
  });

  it('order releases that are called by their moment', () => {
    expect(compareVersions('2025-09-07t16-13-09z', '2025-10-15t17-29-55z')).toBeLessThan(0);
    expect(compareVersions('2025-09-07t16-13-09z', '2025-09-07t16-13-08z')).toBeGreaterThan(0);
    const { minio } = MIDDLEWARE_LIFECYCLES;
    expect(minio && releaseOf(minio, '2025-09-07t16-13-09z')?.end).toBe('2026-04-25');
    expect(minio && releaseOf(minio, '2026-09-01t00-00-00z')).toBeUndefined();
    expect(idsFor(minio, '2025-09-07t16-13-09z')).toEqual(['CVE-2025-62506']);
    expect(idsFor(minio, '2025-10-15t17-29-55z')).toEqual([]);
    expect(idsFor(minio, '2019-01-01t00-00-00z')).not.toContain('CVE-2023-28432');
  });
  it('find what each line of MongoDB and Elasticsearch fixed', () => {
    const { mongodb, elasticsearch } = MIDDLEWARE_LIFECYCLES;
    expect(['4.4.29', '5.0.31', '6.0.26', '7.0.27', '8.0.16', '8.2.2'].flatMap((version) => idsFor(mongodb, version))).toHaveLength(6);
    expect(['4.4.30', '5.0.32', '6.0.27', '7.0.28', '8.0.17', '8.2.3'].flatMap((version) => idsFor(mongodb, version))).toEqual([]);
    expect(idsFor(elasticsearch, '7.17.12')).toEqual(['CVE-2023-31418', 'CVE-2023-31419']);
    expect(idsFor(elasticsearch, '7.17.13')).toEqual([]);
    expect(idsFor(elasticsearch, '2.19.3')).toEqual([]); // an OpenSearch
    expect(elasticsearch && releaseOf(elasticsearch, '7.17.29')?.end).toBe('2026-01-15');
  });
});
