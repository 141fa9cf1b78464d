/** A machine with its middleware, inspected once: TongTech's material in one file, and the same from a collector's store. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { KNOWLEDGE } from '../../bin/report-knowledge.ts';
import { assemblePeriod } from '../../collector/inspections/assemble-period.ts';
import { saveCluster, saveCustomer } from '../../collector/store/fleet-store.ts';
import { tongtech } from '../../reports/kinds/tongtech.ts';
import { known, type ReportModel } from '../../reports/model.ts';
import { testCollector } from '../support/collector-app.ts';
import { onBothEngines } from '../support/databases.ts';
import { declaredAt, inspectHostMiddleware } from '../support/middleware.ts';
import { Numbered, requestOf } from '../support/payloads.ts';
import { temporary, xunjian } from '../support/program.ts';
import { NO_REDIS, RedisServers } from '../support/redis.ts';
import { put, type TongwebTree, tongweb7 } from '../support/tongweb-tree.ts';

const NOW = Math.floor(Date.now() / 1_000);
const GIB = 1024 ** 3;
const HOME = '/opt/TongWeb7.0.4.9_M4';
/** Words of the configuration, the licence, the log and Redis that must stand in no file. */
const CANARY = /canary-/i;

/** A host with a running TongWeb whose listener has too few threads and whose log tells of a full heap. */
function machine(): TongwebTree {
  const root = mkdtempSync(join(tmpdir(), 'xunjian-host-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const tree = { root, now: NOW };
  const file = (path: string, text: string): void => put(tree, path, text);
  file('/etc/hostname', 'app-1\n');
  file('/etc/os-release', 'NAME="openEuler"\nID="openEuler"\nVERSION="22.03 (LTS-SP4)"\nVERSION_ID="22.03"\n');
  file('/proc/sys/kernel/osrelease', '5.10.0-216.0.0.115.oe2203sp4.x86_64\n');
  file('/proc/sys/vm/swappiness', '60\n');
  file('/proc/meminfo', 'MemTotal: 16000000 kB\nMemFree: 8000000 kB\nMemAvailable: 9000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n');
  file('/proc/stat', `cpu  100 0 50 1000 1 0 1 0 0 0\ncpu0 100 0 50 1000 1 0 1 0 0 0\nbtime ${NOW - 40 * 86_400}\n`);
  file('/proc/1/mountinfo', '26 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/root rw\n');
  file('/proc/uptime', '3456000.11 1.0\n');
  file('/.statfs.json', JSON.stringify({ '/': { bsize: 4_096, blocks: (100 * GIB) / 4_096, bfree: (60 * GIB) / 4_096, bavail: (60 * GIB) / 4_096, files: 1_000, ffree: 900 } }));
  tongweb7(tree, { change: (xml) => xml.replace('max-threads="200"', 'max-threads="20"') });
  return tree;
}
const itemsOf = (model: Pick<ReportModel, 'middleware'>, product: string) => known(model.middleware)?.rows.find((row) => row.product === product)?.items ?? [];

describe.skipIf(NO_REDIS !== undefined)(`\`xunjian inspect --role host\`${NO_REDIS === undefined ? '' : ` (skipped: ${NO_REDIS})`}`, () => {
  it('hands over the TongTech material of a machine, its TongWeb and its Redis as one file: four groups, every instance, nothing that must stay', {
    timeout: 180_000,
  }, async () => {
    using redis = new RedisServers();
    const { port } = await redis.start(['requirepass canary-secret', 'maxmemory-policy noeviction']);
    const folder = temporary();
    writeFileSync(join(folder, 'password'), 'canary-secret\n', { mode: 0o600 });
    writeFileSync(
      join(folder, 'site.yaml'),
      `middleware:\n  instances:\n    - { product: redis, name: orders-cache, addresses: ["127.0.0.1:${port}"], credentials: { passwordFile: ${join(folder, 'password')} } }\n`,
    );
    const run = async (locale: string) =>
      await xunjian(
        ['inspect', '--role', 'host', '--host-root', machine().root, '--config', 'site.yaml', '--out', `out-${locale}`, '--lang', locale, '--customer', '=cmd|示例', '--quiet'],
        {},
        folder,
      );
    for (const locale of LOCALES) {
      const { code, err } = await run(locale);
      expect([code, err]).toEqual([expect.toSatisfy((value) => value === 0 || value === 1), '']);
      const files = readdirSync(join(folder, `out-${locale}`));
      const pages = files.filter((name) => name.endsWith('.html'));
      expect(pages, files.join()).toHaveLength(1);
      const page = readFileSync(join(folder, `out-${locale}`, pages[0] ?? ''), 'utf8');
      const text = page.replaceAll('<wbr>', '').replaceAll(/<[^>]+>/g, ' ');
      for (const words of [...tongtech.body.filter(({ id }) => id !== 'tongtech-feedback').map(({ title }) => title[locale]), 'TongWeb', 'orders-cache', HOME.slice(5)])
        expect(text.includes(words), words).toBe(true);
      expect(page).not.toMatch(/<(script|link|img)\b[^>]*(src|href)=["']?http/);
      for (const name of files) expect(readFileSync(join(folder, `out-${locale}`, name), 'utf8'), name).not.toMatch(CANARY);
      const model = JSON.parse(readFileSync(join(folder, `out-${locale}`, 'report.json'), 'utf8')) as ReportModel;
      expect(known(model.middleware)?.rows.map(({ product, running }) => [product, running])).toEqual(
        expect.arrayContaining([
          ['TongWeb', true],
          ['Redis', true],
        ]),
      );
      const tongweb = itemsOf(model, 'TongWeb');
      expect(new Set(tongweb.map(({ group }) => group))).toEqual(new Set(['platform', 'resources', 'load', 'configuration', 'log']));
      expect(tongweb.find(({ check }) => check === 'tongweb-listener-max-threads-odd')).toMatchObject({ verdict: 'fail', observed: 20 });
      // Its console is not asked: what only that tells is unread, never fine.
      expect(tongweb.find(({ check }) => check === 'tongweb-heap-usage-high')?.verdict).toBe('unknown');
      expect(itemsOf(model, 'Redis').some(({ verdict }) => verdict === 'pass')).toBe(true);
    }
  });
});

onBothEngines('the half year of such a machine', (database) => {
  it.skipIf(NO_REDIS !== undefined)('is told from the store with every item, value and licence, as the inspection told it', { timeout: 120_000 }, async () => {
    const { db } = database();
    using redis = new RedisServers();
    const { port } = await redis.start();
    const instances = [declaredAt('redis', 'orders-cache', {}, { addresses: [{ host: '127.0.0.1', port }] })];
    const { payload } = await inspectHostMiddleware({ root: machine().root, instances, now: NOW });
    const collector = await testCollector(database(), {}, {}, { knowledge: KNOWLEDGE });
    collector.clock.now = NOW * 1_000;
    const subject = { customerId: '00000000-0000-4000-8000-00000000000a', clusterId: '00000000-0000-4000-8000-00000000000b' };
    const customer = { id: subject.customerId, name: '=cmd|示例', zone: 'Asia/Shanghai', locale: 'zh', contacts: {}, demo: false, createdAt: 0 } as const;
    await saveCustomer(db, customer);
    await saveCluster(db, { id: subject.clusterId, customerId: subject.customerId, contractId: null, name: 'hosts', kind: 'hosts', zone: null, createdAt: 0 });
    const { receipts } = await collector.wired.ingest.ingest(requestOf(subject, new Numbered(1).line('inspection', payload, NOW)));
    expect(receipts.map(({ status }) => status)).toEqual(['accepted']);
    const options = { db, rules: collector.wired.rules, knowledge: KNOWLEDGE, version: '0.0.0' };
    const model = await assemblePeriod(options, { ...subject, kind: 'tongtech', from: (NOW - 180 * 86_400) * 1_000, to: (NOW + 60) * 1_000 });
    expect(known(model.middleware)?.rows.map(({ product, vendor, running, license }) => [product, vendor, running, license?.endsAt !== undefined])).toEqual([
      ['Redis', 'other', true, false],
      ['TongWeb', 'tongtech', true, true],
    ]);
    const tongweb = itemsOf(model, 'TongWeb');
    expect(new Set(tongweb.map(({ group }) => group))).toEqual(new Set(['platform', 'resources', 'load', 'configuration', 'log']));
    expect(tongweb.find(({ check }) => check === 'tongweb-listener-max-threads-odd')).toMatchObject({ verdict: 'fail', observed: 20 });
    expect(tongweb.find(({ check }) => check === 'tongweb-nofile-low')).toMatchObject({ verdict: 'pass', observed: 65_535 });
    expect(itemsOf(model, 'Redis').find(({ check }) => check === 'redis-auth-off')).toMatchObject({ verdict: 'fail' });
    expect(JSON.stringify(model)).not.toMatch(/canary-|app-1/i);
  });
});
