/** The package databases of real programs: rpm's in SQLite, Berkeley DB and its own format, dpkg's list. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, packages } from '../../../../agent/gatherers/host/system/packages.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { Host } from '../../../../agent/host/host.ts';
import { parseRpmHeader } from '../../../../agent/host/packages/rpm-header.ts';
import { bdbFile, headersIn, NO_RPM, ndbFile, rpmSqliteRoot, type TestPackage } from '../../../support/rpm-database.ts';
import { type Files, hostOf, makeTree } from '../../../support/tree.ts';

async function gatherFrom(host: Host) {
  const { sections, reports } = await runGatherers([packages], { host }, { signal: AbortSignal.timeout(30_000), concurrency: 1, clock: () => 0 });
  return { value: sections.packages, report: reports[0] };
}
const gather = async (files: Files) => await gatherFrom(await hostOf(files));
const at = async (root: string) => await gatherFrom(await Host.at(root, { sampleMs: 0, now: () => 0 }));

const INSTALLED: readonly TestPackage[] = [
  { name: 'openssl-libs', epoch: 1, version: '1.1.1m', release: '40.oe2203sp4' },
  { name: 'sudo', version: '1.9.8p2', release: '11.oe2203sp4' },
  { name: 'acme-bank-agent', version: '7', release: '1' },
  { name: 'zlib', version: '1.2.11', release: '24.AcmeBank' },
];
const ROWS = [
  { name: 'openssl-libs', version: '1:1.1.1m-40.oe2203sp4' },
  { name: 'sudo', version: '1.9.8p2-11.oe2203sp4' },
  { name: 'zlib' }, // a release that somebody chose is not told
];

describe.skipIf(NO_RPM !== '')(`databases that rpm wrote${NO_RPM && ` (skipped: ${NO_RPM})`}`, () => {
  it('are read in every format: names of the closed list with their versions, nothing else', async () => {
    const root = rpmSqliteRoot(INSTALLED);
    const headers = headersIn(root);
    const { value, report } = await at(root);
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toEqual({ database: 'rpm-sqlite', rows: ROWS, unreadable: 0 });
    expect(await gather({ '/var/lib/rpm/Packages': bdbFile(headers) })).toMatchObject({ value: { database: 'rpm-bdb', rows: ROWS, unreadable: 0 } });
    expect(await gather({ '/usr/lib/sysimage/rpm/Packages.db': ndbFile(headers) })).toMatchObject({ value: { database: 'rpm-ndb', rows: ROWS, unreadable: 0 } });
    expect(JSON.stringify(value)).not.toMatch(/acme|secret/i);
  });
  it('cut or damaged anywhere end in fewer packages or a failure, never in a crash', async () => {
    const root = rpmSqliteRoot(INSTALLED);
    const headers = headersIn(root);
    const whole = {
      '/var/lib/rpm/Packages': bdbFile(headers),
      '/var/lib/rpm/Packages.db': ndbFile(headers),
      '/var/lib/rpm/rpmdb.sqlite': readFileSync(join(root, 'var/lib/rpm/rpmdb.sqlite')),
    };
    for (const [path, bytes] of Object.entries(whole))
      for (const share of [0, 0.01, 0.3, 0.7, 0.99]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        const { value, report } = await gather({ [path]: cut });
        expect([report?.status, (value?.rows.length ?? 0) <= ROWS.length], `${path} ${share}`).toEqual([expect.stringMatching(/ok|failed/), true]);
      }
    const bdb = Buffer.from(whole['/var/lib/rpm/Packages']);
    for (let page = 1; page * 4_096 < bdb.length; page += 1) if (bdb[page * 4_096 + 25] === 7) bdb.writeUInt32LE(page, page * 4_096 + 16); // every chain leads to itself
    expect((await gather({ '/var/lib/rpm/Packages': bdb })).report?.status).toBe('ok');
  });
});

describe('a database of SQLite', () => {
  it('that is another one, or has views in place of tables, is not asked', async () => {
    const root = makeTree({ '/var/lib/rpm/.keep': '' });
    const database = new DatabaseSync(join(root, 'var/lib/rpm/rpmdb.sqlite'));
    database.exec('CREATE VIEW Name AS WITH RECURSIVE n(key, hnum) AS (SELECT 1, 1 UNION ALL SELECT key, hnum + 1 FROM n) SELECT * FROM n; CREATE TABLE Packages (hnum, blob)');
    database.close();
    expect((await at(root)).report).toMatchObject({ status: 'failed' });
  });
  it('with changes that are not in the file yet is said to be unread', async () => {
    expect((await gather({ '/var/lib/rpm/rpmdb.sqlite': 'x', '/var/lib/rpm/rpmdb.sqlite-wal': 'x' })).report).toMatchObject({ status: 'failed', reason: 'malformed' });
  });
});

describe("dpkg's list", () => {
  const stanza = (name: string, version: string, status = 'install ok installed') =>
    `Package: ${name}\nStatus: ${status}\nMaintainer: SECRET <x@acme.example>\nVersion: ${version}\nDescription: words\n Package: bash\n Version: 99\n`;
  it('gives what is installed, of several architectures the older, and of nothing else', async () => {
    const list = [
      stanza('openssl', '3.0.17-1~deb12u3'),
      stanza('libssl3', '3.0.17-1~deb12u3'),
      stanza('libssl3', '3.0.9-1'),
      stanza('sudo', '1.9.13p3-1+deb12u2', 'hold ok installed'),
      stanza('curl', '7.88.1-10', 'deinstall ok config-files'),
      stanza('acme-agent', '1.0'),
      stanza('zlib1g', '1:1.2.13.dfsg-1'),
      stanza('bash', '5.2-acme1'),
    ];
    const { value } = await gather({ '/var/lib/dpkg/status': `${list.join('\n')}\n` });
    expect(value).toEqual({
      database: 'dpkg',
      rows: [
        { name: 'bash' },
        { name: 'libssl3', version: '3.0.9-1' },
        { name: 'openssl', version: '3.0.17-1~deb12u3' },
        { name: 'sudo', version: '1.9.13p3-1+deb12u2' },
        { name: 'zlib1g', version: '1:1.2.13.dfsg-1' },
      ],
      unreadable: 0,
    });
  });
  it('of any text ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 500 }), async (text) => {
        expect((await gather({ '/var/lib/dpkg/status': `${text}\n\n${stanza('bash', '1')}` })).report?.status).toBe('ok');
      }),
      { numRuns: 30 },
    );
  });
  it('is absent where there is no database at all', async () => expect((await gather({})).report).toMatchObject({ status: 'absent', reason: 'not-present' }));
});

it('a header of any bytes gives a package or none', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseRpmHeader(bytes)));
  const lies = Buffer.alloc(64);
  lies.writeUInt32BE(0xffff_ffff, 0);
  expect(parseRpmHeader(lies)).toBeUndefined();
});
it('a version that the grammar would change is left out', () => {
  expect(['1:1.1.1m-42.oe2203sp4', '8.8p1-21.p01.ky10', '2.9.14+dfsg-1.3~deb12u4', '4.18.0-553.el8_10'].map(comparable)).toEqual([
    '1:1.1.1m-42.oe2203sp4',
    '8.8p1-21.p01.ky10',
    '2.9.14+dfsg-1.3~deb12u4',
    '4.18.0-553.el8_10',
  ]);
  expect(['1.0-acme', '1.0-1.ACME', '=cmd|1', '<script>1', 'none'].map(comparable)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
