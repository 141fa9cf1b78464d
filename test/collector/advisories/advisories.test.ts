/** Advisories in the formats that openEuler publishes: reading, comparing versions, matching, keeping. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { PACKAGES } from '../../../agent/wire/sections/host/system-packages.ts';
import { Advisories, advisoryFacts } from '../../../collector/advisories/advisories.ts';
import type { Advisory } from '../../../collector/advisories/advisory.ts';
import { installedKernels, installedPackages, kernelPackage, matchAdvisories } from '../../../collector/advisories/match.ts';
import { readFeed } from '../../../collector/advisories/read-feed.ts';
import { compareEvr, compareVersions, formatEvr, parseEvr } from '../../../collector/advisories/rpm-version.ts';
import { known } from '../../../reports/model.ts';
import { onBothEngines } from '../../support/databases.ts';

/**
 * One advisory in CSAF 2.0 with every part that openEuler's documents have, in their order and spelling: read off
 * csaf-openeuler-sa-2025-1004.json (published 2025-01-03 below repo.openeuler.org/security/data/csaf/advisories/2025). Words and versions
 * are ours. As there, products are `release:name-version-release.architecture`, without an epoch.
 */
function csaf(id: string, fixed: readonly string[], more: { severity?: string; score?: number; date?: string; component?: string } = {}): string {
  const { severity = 'High', score = 7.8, date = '2026-09-20T20:00:00+08:00', component = 'kernel' } = more;
  const releases = [...new Set(fixed.map((product) => product.split(':')[0] ?? ''))];
  const helper = (release: string) => ({ product_identification_helper: { cpe: `cpe:/a:openEuler:openEuler:${release.replace('openEuler-', '')}` } });
  const leaf = (release: string, name: string) => ({ product: { ...helper(release), product_id: name, name }, name, category: 'product_version' });
  const parts = fixed.map((product) => ({ product, release: product.split(':')[0] ?? '', file: `${product.split(':')[1]}.rpm`, architecture: product.split('.').at(-1) ?? '' }));
  const advisory = `https://www.openeuler.org/zh/security/security-bulletins/detail/?id=${id}`;
  return JSON.stringify({
    document: {
      aggregate_severity: { namespace: 'https://nvd.nist.gov/vuln-metrics/cvss', text: severity },
      category: 'csaf_vex',
      csaf_version: '2.0',
      distribution: { tlp: { label: 'WHITE', url: 'https:/www.first.org/tlp/' } },
      lang: 'en',
      notes: ['Synopsis', 'Summary', 'Description', 'Topic', 'Severity', 'Affected Component'].map((title) => ({ text: `${component}: ${title}`, category: 'general', title })),
      publisher: {
        issuing_authority: 'openEuler security committee',
        name: 'openEuler',
        namespace: 'https://www.openeuler.org',
        contact_details: 'x@example.org',
        category: 'vendor',
      },
      references: [
        { summary: id, category: 'self', url: advisory },
        { summary: 'nvd cve', category: 'external', url: 'https://nvd.nist.gov/vuln/detail/CVE-2026-10001' },
      ],
      title: `An update for ${component} is now available for ${releases.join(',')}`,
      tracking: {
        initial_release_date: date,
        revision_history: [{ date, summary: 'Initial', number: '1.0.0' }],
        generator: { date, engine: { name: 'openEuler CSAF Tool V1.0' } },
        current_release_date: date,
        ...{ id, version: '1.0.0', status: 'final' },
      },
    },
    product_tree: {
      branches: [
        {
          name: 'openEuler',
          category: 'vendor',
          branches: [
            { name: 'openEuler', branches: releases.map((release) => leaf(release, release)), category: 'product_name' },
            ...parts.map(({ release, file, architecture }) => ({ name: architecture, branches: [leaf(release, file)], category: 'architecture' })),
          ],
        },
      ],
      relationships: parts.map(({ product, release, file }) => ({
        relates_to_product_reference: release,
        product_reference: file,
        full_product_name: { product_id: product, name: `${file.replace(/\.rpm$/, '')} as a component of ${release}` },
        category: 'default_component_of',
      })),
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-10001',
        notes: [{ text: 'words', category: 'description', title: 'Vulnerability Description' }],
        product_status: { fixed },
        remediations: [{ product_ids: fixed, details: `${component} security update`, category: 'vendor_fix', url: advisory }],
        scores: [{ cvss_v3: { baseSeverity: 'HIGH', baseScore: score, vectorString: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', version: '3.1' }, products: fixed }],
        threats: [{ details: severity, category: 'impact' }],
        title: 'CVE-2026-10001',
      },
    ],
  });
}
const SP4 = 'openEuler-22.03-LTS-SP4';
const KERNEL = csaf('openEuler-SA-2026-2001', [
  `${SP4}:kernel-5.10.0-280.0.0.183.oe2203sp4.src`,
  `${SP4}:kernel-5.10.0-280.0.0.183.oe2203sp4.x86_64`,
  `${SP4}:kernel-devel-5.10.0-280.0.0.183.oe2203sp4.aarch64`,
  'openEuler-20.03-LTS-SP4:kernel-4.19.90-2610.1.0.0300.oe2003sp4.src',
]);
/**
 * In the form of openEuler's repositories (community document oEEP-0008, and what aops-apollo's dnf plugin reads): architectures one by one,
 * no epoch in general, hot patches in a collection of their own.
 */
const UPDATEINFO = `<?xml version="1.0" encoding="UTF-8"?>
<updates>
  <update from="openeuler.org" type="security" status="stable">
    <id>openEuler-SA-2026-1900</id><title>An update for openssl &amp; friends</title><severity>Critical</severity><release>openEuler</release>
    <issued date="2026-08-14"></issued>
    <references><reference href="https://nvd.nist.gov/vuln/detail/CVE-2026-2" id="CVE-2026-20002" title="x" type="cve"></reference><reference id="nonsense" type="cve"/></references>
    <description>words &lt;b&gt;</description>
    <pkglist><collection><name>openEuler</name>
      <package arch="x86_64" name="openssl-libs" release="42.oe2203sp4" version="1.1.1m" epoch="1"><filename>openssl-libs-1.1.1m-42.oe2203sp4.x86_64.rpm</filename></package>
      <package arch="aarch64" name="openssl-libs" release="42.oe2203sp4" version="1.1.1m" epoch="1"/>
    </collection></pkglist>
  </update>
  <update from="openeuler.org" type="bugfix" status="stable"><id>openEuler-BA-2026-1</id><severity>Low</severity><issued date="2026-08-15 10:00:00"/>
    <pkglist><collection><package arch="x86_64" name="kernel" release="279.0.0.182.oe2203sp4" version="5.10.0"/></collection></pkglist></update>
  <update from="openeuler.org" type="security" status="stable"><id>openEuler-HotPatchSA-2026-3</id><severity>Important</severity><issued date="2026-08-16"/>
    <pkglist><hot_patch_collection><package arch="x86_64" name="patch-kernel-5.10.0-270.0.0.173.oe2203sp4-ACC" release="1" version="1"/></hot_patch_collection></pkglist></update>
  <update type="security"><id>no date</id></update>
</updates>`;
async function* chunks(content: string | Uint8Array, size = 100_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(content: string | Uint8Array, size?: number): Promise<readonly Advisory[]> {
  const all: Advisory[] = [];
  for await (const advisory of readFeed(chunks(content, size))) all.push(advisory);
  return all;
}

describe('the order of RPM versions', () => {
  // rpm's own rules, rpm-version(7), one by one.
  it.each([
    ['1.0', '1.0', 0],
    ['1.0', '2.0', -1],
    ['2.0.1', '2.0.1a', -1],
    ['5.5p1', '5.5p10', -1],
    ['10xyz', '10.1xyz', -1],
    ['xyz10', 'xyz10.1', -1],
    ['xyz.4', '8', -1],
    ['5.5p2', '5.6p1', -1],
    ['6.0.rc1', '6.0', 1],
    ['10b2', '10a1', 1],
    ['1.0aa', '1.0aa', 0],
    ['10.0001', '10.1', 0],
    ['10.0001', '10.0039', -1],
    ['20240101123456789012', '20240101123456789013', -1],
    ['1_0', '1.0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~rc1', '1.0~rc2', -1],
    ['1.0~rc1~git123', '1.0~rc1', -1],
    ['1.0^', '1.0', 1],
    ['1.0^git1', '1.01', -1],
    ['1.0^20160102', '1.0^20160101^git1', 1],
    ['1.0~rc1^git1', '1.0~rc1', 1],
    ['1.0^git1~pre', '1.0^git1', -1],
    ['200.0.0.113.oe2203sp4', '200.0.0.99.oe2203sp4', 1],
  ] as const)('%s and %s: %i', (one, other, order) => {
    expect(compareVersions(one, other)).toBe(order);
    expect(compareVersions(other, one) + order).toBe(0);
  });
  const version = fc.stringMatching(/^[a-z0-9][a-z0-9.~^_+]{0,12}$/);
  it('is one order: antisymmetric, transitive, the same whatever separates', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        const [low = '', middle = '', high = ''] = [a, b, c].toSorted(compareVersions);
        expect(compareVersions(low, middle)).toBeLessThanOrEqual(0);
        expect(compareVersions(low, high)).toBeLessThanOrEqual(0);
        expect(compareVersions(middle, high)).toBeLessThanOrEqual(0);
        expect(compareVersions(a.replaceAll('.', '_'), a)).toBe(0);
      }),
    );
  });
  it('puts ~ before the end and ^ behind it, and more segments behind fewer', () => {
    fc.assert(
      fc.property(version, fc.stringMatching(/^[a-z0-9]{1,6}$/), (a, tail) => {
        const [before, plain, after, more] = [`${a}~${tail}`, a, `${a}^${tail}`, `${a}.${tail}`];
        expect([compareVersions(before, plain), compareVersions(plain, after), compareVersions(after, more)]).toEqual([-1, -1, -1]);
      }),
    );
  });
  it('asks the epoch first, and the release only where both have one', () => {
    const evr = (text: string) => parseEvr(text) ?? (undefined as never);
    expect(compareEvr(evr('1:1.0-1'), evr('2.0-9'))).toBe(1);
    expect(compareEvr(evr('2.0'), evr('2.0-9'))).toBe(0);
    expect(compareEvr(evr('2.0-10'), evr('2.0-9'))).toBe(1);
    fc.assert(fc.property(fc.nat(99), version, version, (epoch, v, r) => formatEvr(evr(`${epoch}:${v}-${r}`)) === (epoch === 0 ? `${v}-${r}` : `${epoch}:${v}-${r}`)));
    for (const strange of ['', '-', 'a b', '1.0-1-2', `${'9'.repeat(20)}:1-1`, '1.0-', '<x>']) expect(parseEvr(strange), strange).toBeUndefined();
  });
});

describe('a file of advisories', () => {
  it('in CSAF 2.0 gives id, severity, CVEs, score and the fix of each service pack', async () => {
    expect(await read(KERNEL, 7)).toEqual([
      {
        ...{ id: 'openEuler-SA-2026-2001', kind: 'security', severity: 'important', source: 'CSAF 2.0', cves: ['CVE-2026-10001'], score: 7.8 },
        publishedAt: Date.parse('2026-09-20T20:00:00+08:00'),
        fixes: [
          { product: 'oe2203sp4', package: 'kernel', version: '5.10.0-280.0.0.183.oe2203sp4' },
          { product: 'oe2203sp4', package: 'kernel-devel', version: '5.10.0-280.0.0.183.oe2203sp4' },
          { product: 'oe2003sp4', package: 'kernel', version: '4.19.90-2610.1.0.0300.oe2003sp4' },
        ],
      },
    ]);
  });
  it.each([
    ['plain', UPDATEINFO],
    ['gzip', gzipSync(UPDATEINFO)],
    ['with a byte order mark', `\uFEFF${UPDATEINFO}`],
  ])('as updateinfo.xml gives the same, also cut anywhere (%s)', async (_name, content) => {
    const all = await read(content, 3);
    expect(all.map(({ id, kind, severity, cves, fixes }) => [id, kind, severity, cves, fixes.map((fix) => `${fix.product} ${fix.package} ${fix.version}`)])).toEqual([
      ['openEuler-SA-2026-1900', 'security', 'critical', ['CVE-2026-20002'], ['oe2203sp4 openssl-libs 1:1.1.1m-42.oe2203sp4']],
      ['openEuler-BA-2026-1', 'bugfix', 'low', [], ['oe2203sp4 kernel 5.10.0-279.0.0.182.oe2203sp4']],
      ['openEuler-HotPatchSA-2026-3', 'hotpatch', 'important', [], []],
    ]);
    expect(all.map(({ publishedAt }) => new Date(publishedAt).toISOString().slice(0, 10))).toEqual(['2026-08-14', '2026-08-15', '2026-08-16']);
  });
  it.each([
    ['entities that multiply', `<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><updates><update><id>&b;</id></update></updates>`],
    ['an entity of a file', '<?xml version="1.0"?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><updates><update><id>&x;</id></update></updates>'],
    ['an unknown entity', '<updates><update><id>&x;</id></update></updates>'],
    ['a cut document', UPDATEINFO.slice(0, 900)],
    ['another document', '<rss><channel/></rss>'],
    ['nothing', '<updates></updates>'],
    ['deep nesting', `<updates>${'<a>'.repeat(5_000)}`],
    ['other JSON', '{"document":{"csaf_version":"2.0"}}'],
    ['CSAF of another version', KERNEL.replace('"2.0"', '"3.0"')],
    ['broken JSON', '{"document":'],
    ['neither', 'MZ\u0000'],
    ['an empty file', ''],
    ['a damaged archive', Buffer.concat([gzipSync(UPDATEINFO).subarray(0, 200), Buffer.alloc(50)])],
  ])('is refused with %s', async (_name, content) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'AdvisoryError' });
  });
  it('is read with bounded memory: a small archive that is large inside ends at its bound', { timeout: 60_000 }, async () => {
    const line = '<update type="security"><id>openEuler-SA-2026-1</id><issued date="2026-01-01"/></update>\n';
    const big = gzipSync(`<updates>${line.repeat(120_000)}</updates>`);
    await expect(read(big)).rejects.toMatchObject({ message: expect.stringContaining('advisories') as string });
  });
  it('of any bytes ends in advisories or an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await read(bytes).catch((error: unknown) => expect(error).toMatchObject({ name: 'AdvisoryError' }));
      }),
    );
  });
});

const SYSTEMS = [
  { node: 'old', kernel: '5.10.0-216.0.0.115.oe2203sp4.x86_64' },
  { node: 'waiting', kernel: '5.10.0-216.0.0.115.oe2203sp4.aarch64', newestKernel: '5.10.0-281.0.0.184.oe2203sp4.aarch64' },
  { node: 'new', kernel: '5.10.0-281.0.0.184.oe2203sp4.x86_64' },
  { node: 'debian', kernel: '6.1.0-37-amd64' },
  { node: 'silent' },
];
describe('matching', () => {
  it('compares a kernel with the fixes of its own service pack alone', () => {
    expect(kernelPackage('5.10.0-216.0.0.115.oe2203sp4.x86_64')).toMatchObject({ package: 'kernel', product: 'oe2203sp4' });
    expect(kernelPackage('5.10.0-216.0.0.rt62.70.oe2203sp4.x86_64')).toMatchObject({ package: 'kernel-rt' });
    for (const other of ['6.8.0-31-generic', '6.1.0-37-amd64', '5.15.167.4-microsoft-standard-WSL2', 'x', '']) expect(kernelPackage(other), other).toBeUndefined();
  });
  it('says what is affected, what waits for a restart, what was not compared, and of what nobody knows nothing follows', async () => {
    const advisories = [...(await read(KERNEL)), ...(await read(UPDATEINFO))].filter(({ fixes }) => fixes.some(({ product }) => product === 'oe2203sp4'));
    const facts = matchAdvisories({ advisories, ...installedKernels(SYSTEMS), feed: 'CSAF 2.0', feedAt: 1 });
    expect(facts.matches.map(({ id, nodes, installed, component }) => [id, component, nodes, installed])).toEqual([
      ['openEuler-SA-2026-2001', 'kernel', ['old', 'waiting'], undefined],
      ['openEuler-BA-2026-1', 'kernel', ['old', 'waiting'], undefined],
    ]);
    expect(facts).toMatchObject({ unmatchedNodes: ['debian', 'silent'], compared: ['kernel'], notCompared: 1, fixedAlready: 0 });
    const alone = matchAdvisories({ advisories, ...installedKernels([SYSTEMS[1] ?? { node: '' }]), feed: 'x', feedAt: 1 });
    expect(alone.matches.every(({ installed, reboot }) => installed && reboot)).toBe(true);
    const fixed = matchAdvisories({ advisories, ...installedKernels([SYSTEMS[2] ?? { node: '' }]), feed: 'x', feedAt: 1 });
    expect(fixed).toMatchObject({ matches: [], fixedAlready: 2, notCompared: 1, unmatchedNodes: [] });
    // A feed that never speaks of the node's system proves nothing about it.
    const foreign = matchAdvisories({ advisories: [], ...installedKernels(SYSTEMS.slice(0, 1)), feed: 'x', feedAt: 1 });
    expect(foreign).toMatchObject({ matches: [], fixedAlready: 0, unmatchedNodes: ['old'] });
  });
});

describe('packages beside the kernel', () => {
  const fixes = (release: string, ...names: string[]) => names.map((name) => `${SP4}:${name}-${release}.x86_64`);
  const OPENSSL = csaf('openEuler-SA-2026-3001', fixes('1.1.1m-45.oe2203sp4', 'openssl', 'openssl-libs', 'openssl-devel'), {
    component: 'openssl',
    score: 9.8,
    severity: 'Critical',
  });
  const GLIBC = csaf('openEuler-SA-2026-3002', fixes('2.34-160.oe2203sp4', 'glibc', 'glibc-common'), { component: 'glibc' });
  const JINJA = csaf('openEuler-SA-2026-3003', [`${SP4}:python3-jinja2-3.0.3-9.oe2203sp4.noarch`], { component: 'python-jinja2' });
  const VERSIONS = [
    { name: 'openssl', version: '1:1.1.1m-40.oe2203sp4', nodes: ['a', 'b'] },
    { name: 'openssl-libs', version: '1:1.1.1m-40.oe2203sp4', nodes: ['a', 'b'] },
    { name: 'glibc', version: '2.34-152.oe2203sp4', nodes: ['a'] },
    { name: 'glibc', version: '2.34-160.oe2203sp4', nodes: ['b'] },
    { name: 'sudo', nodes: ['a', 'b'] },
    { name: 'libssl3', version: '3.0.17-1~deb12u3', nodes: ['d'] },
  ];
  it('are compared by name, release and version; a fix without an epoch is held against one with it', async () => {
    const advisories = (await Promise.all([OPENSSL, GLIBC, JINJA].map((text) => read(text)))).flat();
    const { installed: kernels, unmatched } = installedKernels([
      { node: 'a', kernel: '5.10.0-216.0.0.115.oe2203sp4.x86_64' },
      { node: 'b' },
      { node: 'd', kernel: '6.1.0-37-amd64' },
    ]);
    const facts = matchAdvisories({ advisories, installed: [...kernels, ...installedPackages(VERSIONS)], unmatched, feed: 'x', feedAt: 1 });
    expect(facts.matches.map(({ id, component, current, fixed, nodes, reboot, score }) => [id, component, current, fixed, nodes, reboot, score])).toEqual([
      ['openEuler-SA-2026-3001', 'openssl, openssl-libs', '1:1.1.1m-40.oe2203sp4', '1.1.1m-45.oe2203sp4', ['a', 'b'], false, 9.8],
      ['openEuler-SA-2026-3002', 'glibc', '2.34-152.oe2203sp4', '2.34-160.oe2203sp4', ['a'], true, 7.8],
    ]);
    // b's kernel is unknown, its packages are not; d has nothing that these advisories speak about.
    expect(facts).toMatchObject({ unmatchedNodes: ['d'], notCompared: 1, fixedAlready: 0, compared: ['glibc', 'kernel', 'openssl', 'openssl-libs'] });
    const done = installedPackages(VERSIONS.map((row) => ({ ...row, version: '9:9-9.oe2203sp4' })));
    expect(matchAdvisories({ advisories, installed: done, unmatched: [], feed: 'x', feedAt: 1 })).toMatchObject({ matches: [], fixedAlready: 2 });
  });
  it('of a thousand machines are held against a year of advisories within seconds', () => {
    const nodes = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    const versions = PACKAGES.slice(0, 60).map((name) => ({ name, version: '1.0-1.oe2203sp4', nodes }));
    const advisories = Array.from(
      { length: 3_000 },
      (_, index): Advisory => ({
        ...{ id: `openEuler-SA-2026-${index}`, kind: 'security', severity: 'low', publishedAt: 1, cves: [], source: 'x' },
        fixes: [{ product: 'oe2203sp4', package: PACKAGES[index % 60] ?? '', version: index % 2 === 0 ? '0.9-1.oe2203sp4' : '1.1-1.oe2203sp4' }],
      }),
    );
    const began = performance.now();
    expect(matchAdvisories({ advisories, installed: installedPackages(versions), unmatched: [], feed: 'x', feedAt: 1 }).matches).toHaveLength(1_500);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

onBothEngines('imported advisories', (database) => {
  const actor = { kind: 'system' } as const;
  beforeAll(async () => {
    const advisories = new Advisories(database());
    expect(known(await advisoryFacts(database().db, SYSTEMS))).toBeUndefined();
    expect(await advisories.import({ actor }, readFeed(Readable.from(chunks(KERNEL))), 'a.json', 1_000)).toBe(1);
    expect(await advisories.import({ actor }, readFeed(chunks(gzipSync(UPDATEINFO))), 'updateinfo.xml.gz', 2_000)).toBe(3);
  });
  it('say what they say of the machines, also when they are imported again', async () => {
    const first = known(await advisoryFacts(database().db, SYSTEMS));
    expect(first?.matches.map(({ id, score }) => [id, score])).toEqual([
      ['openEuler-SA-2026-2001', 7.8],
      ['openEuler-BA-2026-1', undefined],
    ]);
    expect(first).toMatchObject({ notCompared: 1, unmatchedNodes: ['debian', 'silent'], feedAt: Date.parse('2026-09-20T20:00:00+08:00') / 1_000 });
    await new Advisories(database()).import({ actor }, readFeed(chunks(UPDATEINFO)), 'again', 3_000);
    expect(known(await advisoryFacts(database().db, SYSTEMS))).toEqual(first);
  });
});
