/** Findings of middleware on their way: sealed, ingested, stored, opened as incidents, printed in reports. */
import { expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import type { Finding } from '../../../agent/wire/inspection.ts';
import { settingScope } from '../../../agent/wire/setting-scope.ts';
import type { Signal } from '../../../agent/wire/signal.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { assemble } from '../../../collector/inspections/assemble.ts';
import { listFindings } from '../../../collector/store/finding-store.ts';
import { applications } from '../../../reports/chapters/applications.ts';
import { configurationChapter, loadChapter } from '../../../reports/chapters/tongtech.ts';
import { HEALTHY_MIDDLEWARE } from '../../fixtures/healthy/middleware.ts';
import { judged } from '../../reports/fixtures/models.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { siteOn } from '../../support/incident-desk.ts';
import { CLUSTER_SECTIONS, inspection, NOW, Numbered, requestOf, signals } from '../../support/payloads.ts';

const INSTANCE = 'prod/StatefulSet/cache';
const BASE = { area: 'middleware', unit: 'value' } as const;
const down: Finding = { ...BASE, check: 'middleware-instance-down', severity: 'critical', scope: { kind: 'Instance', name: INSTANCE }, observed: 'refused' };
const drifted = (key: string, observed: Finding['observed'], threshold: Finding['threshold']): Finding => ({
  ...BASE,
  check: 'middleware-config-drift',
  severity: 'warning',
  scope: settingScope(INSTANCE, key),
  observed,
  threshold,
});
const FOUND = [down, drifted('maxmemory-policy', 'allkeys-lru', 'noeviction'), drifted('appendonly', false, true)];
const at = Math.floor(NOW / 1_000);
const firing = (finding: Finding): Signal => ({ ...finding, state: 'firing', since: at - 60, at, flapping: false, maintenance: false });

onBothEngines('findings of middleware', (database) => {
  it('are stored one for each instance and setting, with what is and what was approved, and nothing clear', async () => {
    const cluster = await enrol(database());
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals: async () => undefined, threads: 0 });
    const payload = inspection({ role: 'cluster', sections: { ...CLUSTER_SECTIONS, ...HEALTHY_MIDDLEWARE }, findings: FOUND });
    const { receipts } = await ingest.ingest(requestOf(cluster, new Numbered(901).line('inspection', payload)));
    expect(receipts.map(({ status }) => status)).toEqual(['accepted']);
    const stored = await listFindings(database().db, 'all', { clusterId: cluster.clusterId });
    expect(
      stored
        .map(({ check, severity, scope, observed, threshold }) => [check, severity, scope.name, observed ?? null, threshold ?? null] as const)
        .sort(([, , a], [, , b]) => (a < b ? -1 : 1)),
    ).toEqual([
      ['middleware-instance-down', 'critical', expect.stringMatching(/^instance~[a-z2-7]{20}$/), 'refused', null],
      ['middleware-config-drift', 'warning', expect.stringMatching(/^instance~[a-z2-7]{20}#appendonly$/), false, true],
      ['middleware-config-drift', 'warning', expect.stringMatching(/^instance~[a-z2-7]{20}#maxmemory-policy$/), 'allkeys-lru', 'noeviction'],
    ]);
    expect(payload.json).not.toContain(INSTANCE);
  });

  it('open incidents of their level, each setting its own', async () => {
    const cluster = await enrol(database());
    const told: Signal[] = [];
    const ingest = new Ingest({
      database: database(),
      now: () => NOW,
      threads: 0,
      onSignals: async (_db, _origin, batch) => {
        told.push(...batch.signals);
        return undefined;
      },
    });
    const { receipts } = await ingest.ingest(requestOf(cluster, new Numbered(902).line('signals', signals(FOUND.map(firing), { role: 'cluster' }))));
    expect(receipts.map(({ status }) => status)).toEqual(['accepted']);
    const site = await siteOn(database());
    await site.alive(NOW);
    await site.send(told, NOW);
    const open = await site.active();
    expect(open.map(({ rule, severity, level }) => [rule, severity, level] as const).sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['middleware-config-drift', 'warning', expect.any(Number)],
      ['middleware-config-drift', 'warning', expect.any(Number)],
      ['middleware-instance-down', 'critical', 1],
    ]);
    expect(open.every(({ severity, level }) => severity === 'critical' || level > 1)).toBe(true);
  });
});

it.each(['zh', 'en'] as const)('stand in the reports: among applications, and by instance in the groups of a health check (%s)', (locale) => {
  const sections = { ...CLUSTER_SECTIONS, ...HEALTHY_MIDDLEWARE };
  const gatherers = Object.keys(sections).map((section) => ({ section, domain: 'cluster' as const, status: 'ok' as const, durationMs: 1, dropped: 0 }));
  const model = assemble({
    takenAt: at,
    host: 'n',
    sections,
    gatherers,
    ...judged(FOUND),
    accepted: [],
    expired: [],
    checkTexts: CHECKS,
    clusterName: 'prod',
    snapshotSha256: 'ab'.repeat(32),
    version: '0.1.0',
  });
  const texts = (chapter: typeof applications): string => JSON.stringify(chapter.write(model, locale));
  expect(texts(applications)).toContain(INSTANCE);
  expect(texts(loadChapter)).toContain(INSTANCE);
  const configuration = texts(configurationChapter);
  for (const word of [INSTANCE, 'maxmemory-policy', 'allkeys-lru', 'noeviction', 'appendonly']) expect(configuration).toContain(word);
});
