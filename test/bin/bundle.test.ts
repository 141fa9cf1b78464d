import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../collector/store/database.ts';
import { payloadOf } from '../../collector/store/kept-body.ts';
import { AgentProcess } from '../support/agent.ts';
import { CollectorProcess } from '../support/collector-process.ts';
import { temporary, xunjian } from '../support/program.ts';

const CANARY = 'canary-host-77';

function bundlesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.tar(\.age)?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Inspections in the store of a collector that ran in this folder. */
async function bodiesIn(directory: string): Promise<string[]> {
  await using database = await openDatabase({ url: `sqlite:${join(directory, 'data/xunjian.db')}` });
  return (await database.db.selectFrom('snapshots').select('body').execute()).map(({ body }) => payloadOf(body));
}

describe('xunjian bundle', () => {
  it('carries a host without any network to a vendor: the same digest at both ends, encrypted, written down, once', async () => {
    await using agent = new AgentProcess(['--role', 'host', '--run-at-start', '--node-name', CANARY]);
    await agent.until(() => agent.spool.length > 0, 'inspected');
    await agent.stop();
    const sealed = readFileSync(agent.spool[0] ?? '');
    const digest = createHash('sha256').update(sealed).digest('hex');
    const stick = temporary();
    const identity = await generateIdentity();
    writeFileSync(join(stick, 'vendor.key'), `${identity}\n`);
    const recipient = await identityToRecipient(identity);
    const exported = await xunjian(['bundle', 'export', '--state-dir', agent.stateDir, '--out', stick, '--recipient', recipient, '--json']);
    expect(exported.err).toBe('');
    const { keyId, counts } = JSON.parse(exported.out) as { keyId: string; counts: { payloads: number } };
    expect(counts.payloads).toBe(1);
    const [file = ''] = bundlesIn(stick);
    expect(readFileSync(file).includes(Buffer.from(CANARY))).toBe(false);
    const ledger = await xunjian(['ledger', 'show', '--bundles', '--state-dir', agent.stateDir, '--json']);
    expect(JSON.parse(ledger.out)).toMatchObject({ what: 'sending', kind: 'inspection', sha256: digest, to: expect.stringMatching(/^bundle:/) });

    const vendor = temporary();
    await xunjian(['collector', 'enroll', '--data-dir', 'data', '--customer', '客户', '--cluster', 'branch', '--kind', 'hosts'], {}, vendor);
    const into = ['--data-dir', 'data', '--cluster', 'branch', '--identity', join(stick, 'vendor.key'), '--lang', 'en'];
    const unknown = await xunjian(['bundle', 'import', file, ...into], {}, vendor);
    expect(unknown.code).toBe(1);
    expect(unknown.err).toMatch(/^[^\n]+nobody has confirmed the key[^\n]+\n$/);
    const first = await xunjian(['bundle', 'import', file, ...into, '--trust', keyId], {}, vendor);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('new 1');
    expect((await xunjian(['bundle', 'import', file, ...into], {}, vendor)).out).toContain('imported before');
    const again = await xunjian(['bundle', 'export', '--state-dir', agent.stateDir, '--out', join(stick, 'again')]);
    expect(again.code).toBe(0);
    expect((await xunjian(['bundle', 'import', ...bundlesIn(join(stick, 'again')), ...into], {}, vendor)).out).toContain('known 1');
    expect(await bodiesIn(vendor)).toEqual([sealed.toString()]);
  });

  it('turns the names of a site into pseudonyms on their way over its border, and refuses without its key', async () => {
    await using site = await CollectorProcess.start();
    const { token } = await site.enroll(['--customer', '客户', '--cluster', 'prod', '--kind', 'hosts']);
    const folder = temporary();
    writeFileSync(join(folder, 'token'), token);
    writeFileSync(join(folder, 'site.key'), randomBytes(32));
    const from = ['--collector', site.url, '--token-file', join(folder, 'token'), '--boundary', 'site', '--key-file', join(folder, 'site.key')];
    await using agent = new AgentProcess(['--role', 'host', '--run-at-start', '--node-name', CANARY, '--clear-names', 'all', ...from]);
    const store = ['--data-dir', join(site.directory, 'data'), '--cluster', 'prod', '--out', join(folder, 'usb'), '--lang', 'en'];
    await agent.until(async () => (await bodiesIn(site.directory)).length > 0, 'seen in the collector');
    expect((await bodiesIn(site.directory))[0]).toContain(CANARY);
    expect((await xunjian(['bundle', 'export', ...store])).err).toContain("give the site's key");
    expect(existsSync(join(folder, 'usb')) ? bundlesIn(join(folder, 'usb')) : []).toEqual([]);
    const exported = await xunjian(['bundle', 'export', ...store, '--key-file', join(folder, 'site.key'), '--json']);
    expect(exported.err).toBe('');
    const [file = ''] = bundlesIn(join(folder, 'usb'));
    expect((await xunjian(['bundle', 'verify', file, '--lang', 'en'])).code).toBe(0);
    const { keyId } = JSON.parse(exported.out) as { keyId: string };

    const vendor = temporary();
    await xunjian(['collector', 'enroll', '--data-dir', 'data', '--customer', '客户', '--cluster', 'prod', '--kind', 'hosts'], {}, vendor);
    const imported = await xunjian(['bundle', 'import', file, '--data-dir', 'data', '--cluster', 'prod', '--trust', keyId, '--lang', 'en'], {}, vendor);
    expect([imported.code, imported.err]).toEqual([0, '']);
    const [text = ''] = await bodiesIn(vendor);
    expect(text).not.toContain(CANARY);
    const [pseudonym = ''] = /node~[a-z2-7]{20}/.exec(text) ?? [];
    const who = await xunjian(['who', pseudonym, '--state-dir', join(site.directory, 'data')]);
    expect(who.out).toContain(CANARY);
  });

  it('says in one line what is wrong with a damaged part, and takes nothing of it', async () => {
    const folder = temporary();
    const path = join(folder, 'broken.tar');
    writeFileSync(path, randomBytes(4_096));
    const verified = await xunjian(['bundle', 'verify', path, '--lang', 'zh'], {}, folder);
    expect(verified.code).toBe(1);
    expect(verified.err).toBe(`${path}：不是巡检数据包，或由更新版本的程序生成\n`);
    const options = await xunjian(['bundle', 'export', '--out', 'x', '--split', 'huge', '--lang', 'en'], {}, folder);
    expect(options.code).toBe(2);
  });
});
