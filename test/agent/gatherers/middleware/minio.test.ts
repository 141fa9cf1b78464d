import { mkdtempSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { metricsToken } from '../../../../agent/gatherers/middleware/minio/token.ts';
import { recognise, recogniseProcess } from '../../../../agent/gatherers/middleware/recognise.ts';
import type { Declared } from '../../../../agent/middleware/declaration.ts';
import { makeCertificates } from '../../../support/certificates.ts';
import { HTTP_FLOOD, Impostors, type Routes } from '../../../support/impostors.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { recordedAt, recordedRoutes } from '../../../support/recorded.ts';

const OF_ITS_AGE = ['middleware-version-eol', 'minio-upstream-unmaintained'];
const SECRET = 'canary-secret-of-store';
const folder = mkdtempSync('/tmp/xunjian-store-secrets-');
const credentials = { username: 'xunjian', passwordFile: secretFile(folder, SECRET) };
const impostors = new Impostors();
afterAll(() => {
  impostors[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});
const ask = async (ports: readonly number[], declared: Partial<Declared> = {}, now?: number) =>
  await inspectMiddleware({ product: 'minio', ports, declared, ...(now !== undefined && { now }) });
/** As the server does it: metrics only with a token that one of these secrets signed. */
const admits = (secrets: Readonly<Record<string, string>>, now: number) => (path: string, authorization: string | undefined) =>
  !path.includes('/metrics') || Object.entries(secrets).some(([user, secret]) => authorization === `Bearer ${metricsToken(user, secret, now)}`);

describe('inspecting MinIO', { timeout: 60_000 }, () => {
  const SOUND = 'minio/cluster-sound-node-1';
  const now = recordedAt(SOUND);

  it('finds nothing at a healthy cluster but its age and its plain line, with a token made for minutes', async () => {
    const manners = { admits: admits({ xunjian: SECRET }, now), server: 'MinIO' };
    const ports = [await impostors.http(recordedRoutes(SOUND), manners), await impostors.http(recordedRoutes('minio/cluster-sound-node-2'), manners)];
    const told = await ask(ports, { credentials }, now);
    expect(told.reach).toBe('ok');
    expect(told.found).toEqual([...OF_ITS_AGE, 'minio-tls-off'].sort());
    expect(told.verdicts.filter(({ check, verdict }) => check.startsWith('minio') && verdict === 'unknown')).toEqual([]);
    expect(told.sections.middlewareMinio?.rows[0]).toMatchObject({
      version: '2026-02-12t20-18-48z',
      mode: 'cluster',
      nodesOnline: 2,
      drivesOnline: 4,
      drivesOffline: 0,
      leastTolerance: 1,
      parity: 2,
      writable: true,
      readable: true,
      metricsOpen: false,
    });
    // Each node of its own, not the sum of all.
    expect(told.sections.middlewareMinio?.members).toMatchObject([
      { drives: 2, openFilesLimit: 20_000, live: true, driveErrors: 0 },
      { drives: 2, openFilesLimit: 20_000, live: true, driveErrors: 0 },
    ]);
    expect(told.sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'write_quorum', number: 3 }));
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
  });

  it('finds what a lost node takes with it', async () => {
    const file = 'minio/cluster-sick-node-1';
    const port = await impostors.http(recordedRoutes(file), { admits: admits({ xunjian: SECRET }, recordedAt(file)), server: 'MinIO' });
    const told = await ask([port, 1], { credentials }, recordedAt(file));
    const planted = ['drive-offline', 'erasure-set-unhealthy', 'node-offline', 'read-quorum-lost', 'tolerance-none', 'write-quorum-lost'];
    expect(told.found.filter((check) => planted.includes(check.replace('minio-', '')))).toEqual(planted.map((one) => `minio-${one}`));
    expect(told.reach).toBe('partial');
    expect(told.sections.middlewareMinio?.rows[0]).toMatchObject({ nodesOffline: 1, drivesOffline: 2, writable: false });
    expect(told.payload.json).not.toContain('canary');
  });

  it('finds a single drive, metrics that anybody may read, and the vendor’s password where it may try', async () => {
    const file = 'minio/single-open';
    const open = await ask([await impostors.http(recordedRoutes(file), { server: 'MinIO' })], { options: { tryDefaultPassword: true } }, recordedAt(file));
    expect(open.found).toEqual([...OF_ITS_AGE, 'minio-metrics-open', 'minio-redundancy-none', 'minio-tls-off'].sort());
    expect(open.sections.middlewareMinio?.rows[0]?.mode).toBe('standalone');
    const vendor = { admits: admits({ xunjian: SECRET, minioadmin: 'minioadmin' }, recordedAt(file)), server: 'MinIO' };
    const told = await ask([await impostors.http(recordedRoutes(file), vendor)], { credentials, options: { tryDefaultPassword: true } }, recordedAt(file));
    expect(told.found).toContain('minio-default-password');
    expect((await ask([await impostors.http(recordedRoutes(file), vendor)], { credentials }, recordedAt(file))).found).not.toContain('minio-default-password');
  });

  it('reads the third generation of metrics where the second is gone', async () => {
    const routes: Routes = Object.fromEntries(Object.entries(recordedRoutes(SOUND)).filter(([path]) => !path.includes('/v2/')));
    const { sections, reach } = await ask([await impostors.http(routes, { server: 'MinIO' })], {}, now);
    expect(reach).toBe('ok');
    expect(sections.middlewareMinio?.rows[0]).toMatchObject({
      metrics: 'v3',
      nodesOnline: 2,
      nodesOffline: 0,
      drivesOnline: 4,
      drivesOffline: 0,
      leastTolerance: 1,
      unhealthySets: 0,
    });
    expect(sections.middlewareMinio?.members[0]).toMatchObject({ drives: 2, openFilesLimit: 20_000, requests: expect.any(Number) });
  });

  it('tells its quorum without a token, and that a secret is wrong', async () => {
    const port = await impostors.http(recordedRoutes(SOUND), { admits: admits({ xunjian: SECRET }, now), server: 'MinIO' });
    const poor = await ask([port], {}, now);
    expect(poor.reach).toBe('partial');
    expect(poor.sections.middlewareMinio?.rows[0]).toMatchObject({ writable: true, readable: true, denied: ['admin:Prometheus'] });
    expect(poor.verdicts).toContainEqual(expect.objectContaining({ check: 'minio-drive-offline', verdict: 'unknown' }));
    const wrong = await ask([port], { credentials: { ...credentials, passwordFile: secretFile(folder, 'canary-wrong') } }, now);
    expect(wrong.reach).toBe('wrong-credentials');
    expect(wrong.payload.json + JSON.stringify(wrong.sections)).not.toContain('canary');
    const token = { passwordFile: secretFile(folder, metricsToken('xunjian', SECRET, now)) };
    expect((await ask([port], { credentials: token }, now)).reach).toBe('ok');
  });

  it('asks over TLS with a private authority', async () => {
    const { ca, cert, key } = makeCertificates();
    const port = await impostors.http(recordedRoutes(SOUND), { tls: { cert, key }, server: 'MinIO' });
    expect((await ask([port], { tls: { caFile: secretFile(folder, ca) } }, now)).found).not.toContain('minio-tls-off');
    expect((await ask([port], { tls: {} }, now)).reach).toBe('tls-mismatch');
  });

  it('takes nothing from a server that lies', async () => {
    const lies = 'minio_cluster_drive_offline_total{canary="x"} NaN\nminio_cluster_health_erasure_set_status{set="canary"} -1e400\nminio_cluster_nodes_offline_total{} -5\n';
    const routes: Routes = { '/minio/health/live': '', '/minio/v2/metrics/node': 'minio_node_drive_total{server="canary"} 1e400\n', '/minio/v2/metrics/cluster': lies };
    const told = await ask([await impostors.http(routes, { server: 'MinIO' })], {}, now);
    for (const check of ['drive-offline', 'node-offline', 'capacity-low', 'write-quorum-lost'])
      expect(told.verdicts).toContainEqual(expect.objectContaining({ check: `minio-${check}`, verdict: 'unknown' }));
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
    expect((await ask([await impostors.http({ '/minio/health/live': 'other' })], {}, now)).reach).toBe('protocol');
  });

  it('ends in time with servers that hang, close, babble or flood', async () => {
    expect(await impostors.ends('minio', HTTP_FLOOD)).toEqual(['timeout', 'protocol', 'protocol', 'too-large', 'refused']);
  });

  it('is told by image, operator and process', () => {
    const by = (image: string, owners: readonly string[] = []) => recognise({ containers: [{ image, ports: [9000] }], owners }, MIDDLEWARE)?.definition.product;
    expect(by('quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z')).toBe('minio');
    expect(by('internal/store:1', ['minio.min.io/Tenant'])).toBe('minio');
    expect(by('quay.io/minio/operator:v7')).toBeUndefined();
    expect(by('quay.io/minio/mc:latest')).toBeUndefined();
    expect(recogniseProcess('minio', '/usr/local/bin/minio server --console-address :9001 /data', MIDDLEWARE)?.product).toBe('minio');
    expect(recogniseProcess('minio', '/usr/local/bin/minio gateway', MIDDLEWARE)).toBeUndefined();
  });
});
