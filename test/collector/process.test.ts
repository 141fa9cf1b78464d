/** The real process: started with nothing configured, used over a socket, stopped by a signal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envelopeLine } from '../../agent/wire/envelope.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/xunjian.ts');
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('xunjian collector as a process', () => {
  let folder: string;
  let child: ChildProcess;
  let url: string;
  let link: string;
  let out = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'collector-'));
    child = start(['collector', '--listen', '127.0.0.1:0', '--lang', 'en']);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (data: Buffer) => {
        out += data.toString();
        if (out.includes('/setup?link=')) resolve();
      });
      child.once('exit', () => reject(new Error('it ended')));
    });
    url = /collector started {2}(\S+)/.exec(out)?.[1] ?? '';
    link = /(\S+\/setup\?link=\S+)/.exec(out)?.[1] ?? '';
  });
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  function start(args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
    const { PATH = '', HOME = '' } = process.env;
    return spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env: { PATH, HOME, ...environment } });
  }
  async function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
    const one = start(args, environment);
    const text = { out: '', err: '' };
    one.stdout?.on('data', (data: Buffer) => {
      text.out += data.toString();
    });
    one.stderr?.on('data', (data: Buffer) => {
      text.err += data.toString();
    });
    const code = await new Promise<number | null>((resolve) => one.once('close', resolve));
    return { code, ...text };
  }

  it('keeps its data in a folder of its own that others cannot read', () => {
    expect(statSync(join(folder, 'xunjian-data')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'xunjian-data/xunjian.db')).mode & 0o077).toBe(0);
  });

  it('lets a person set up the first administrator in pages without script, and sign in', async () => {
    const page = await (await fetch(`${link}&lang=en`)).text();
    expect(page).toContain('Set up the administrator');
    const secret = new URL(link).searchParams.get('link') ?? '';
    const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', redirect: 'manual', headers: { origin: url }, body: new URLSearchParams(fields) });
    const differ = await fetch(`${url}/setup?lang=en`, form({ link: secret, login: 'root', name: 'Root', password: 'a fine passphrase', again: 'another passphrase' }));
    expect(await differ.text()).toContain('The two passwords differ');
    const done = await fetch(`${url}/setup?lang=en`, form({ link: secret, login: 'root', name: 'Root', password: 'a fine passphrase', again: 'a fine passphrase' }));
    expect(done.headers.get('location')).toBe('/sign-in?lang=en&say=done');
    expect((await fetch(link)).status).toBe(404);
    const signedIn = await fetch(`${url}/sign-in?lang=en`, form({ login: 'root', password: 'a fine passphrase' }));
    expect(signedIn.headers.get('location')).toBe('/');
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const home = await (await fetch(`${url}/?lang=en`, { headers: { cookie, 'accept-language': 'en' } })).text();
    expect(home).toContain('Incidents');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(home)?.[1] ?? '';
    expect((await fetch(`${url}/sign-out`, { ...form({ _csrf: 'wrong' }), headers: { cookie, origin: url } })).status).toBe(403);
    expect((await fetch(`${url}/sign-out`, { ...form({ _csrf: csrf }), headers: { cookie, origin: url } })).headers.get('location')).toBe('/sign-in');
  });

  it('enrols a cluster while it runs, and takes what that token sends, once', async () => {
    const enrolled = await run(['collector', 'enroll', '--customer', 'Example Ltd', '--cluster', 'prod', '--policy', 'xfusion', '--tier', 'standard', '--json', '--lang', 'en']);
    expect(enrolled.code, enrolled.err).toBe(0);
    const { token, zone } = JSON.parse(enrolled.out) as { token: string; zone: string };
    // Nobody works in UTC: a server's own setting is not the customer's.
    expect(zone).not.toBe('UTC');
    const header = { agent: 'a'.repeat(32), boot: 'b'.repeat(16), seq: 1, kind: 'heartbeat' as const, keptAt: Math.floor(Date.now() / 1_000) };
    const json = '{"not":"a heartbeat of the contract"}';
    const line = envelopeLine({ ...header, sha256: createHash('sha256').update(json).digest('hex') }, { json });
    const send = (secret: string) =>
      fetch(`${url}/api/v1/ingest`, { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-ndjson' }, body: `${line}\n` });
    const answer = await send(token);
    expect(answer.status).toBe(200);
    const { receipts } = (await answer.json()) as { receipts: { id: string; status: string }[] };
    expect(receipts).toHaveLength(1);
    expect(receipts[0]?.id).toBe(`${header.agent}.${header.boot}.1`);
    expect((await send(`xj_${'x'.repeat(43)}`)).status).toBe(401);
    const abbreviated = await run(['collector', 'enroll', '--customer', 'C', '--cluster', 'c', '--zone', 'CST', '--lang', 'zh']);
    expect([abbreviated.code, abbreviated.err]).toEqual([2, expect.stringContaining('不是 IANA 时区')]);
    const unknown = await run(['collector', 'enroll', '--customer', 'C', '--cluster', 'c', '--policy', 'nobody', '--tier', 'x', '--lang', 'en']);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('no policy nobody');
  });

  it('says in one line why it cannot start, and never a password', async () => {
    const port = new URL(url).port;
    const inUse = await run(['collector', '--listen', `127.0.0.1:${port}`, '--lang', 'en']);
    expect(inUse.code).toBe(2);
    expect(inUse.err).toContain(`the port is in use; choose another with --listen or stop what uses it: 127.0.0.1:${port}`);
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    await new Promise<void>((resolve) => closed.close(() => resolve()));
    const away = await run(['collector', '--lang', 'zh'], { DATABASE_URL: `postgres://u:hidden-word@127.0.0.1:${typeof address === 'object' ? address?.port : 1}/x` });
    expect(away.code).toBe(2);
    expect(away.err).toContain('数据库无法连接');
    expect(away.err + away.out).not.toContain('hidden-word');
    const folderFault = await run(['collector', '--data-dir', '/dev/null/nowhere', '--lang', 'en']);
    expect(folderFault.err).toContain('the data directory cannot be written');
    const options = await run(['collector', '--listen', 'x', '--log-level', 'loud', '--lang', 'en']);
    expect(options.code).toBe(2);
    expect(options.err).toContain('--listen');
    expect(options.err).toContain('--log-level');
  });

  it('tells who enrolls a cluster the address of the collector that runs, wherever it listens', async () => {
    const { out: shown } = await run(['collector', 'enroll', '--customer', 'D', '--cluster', 'd', '--lang', 'en']);
    expect(shown).toContain(` --collector ${url} `);
    const named = await run(['collector', 'enroll', '--customer', 'D', '--cluster', 'e', '--public-url', 'https://other.example.com', '--json']);
    expect(JSON.parse(named.out)).toMatchObject({ collector: 'https://other.example.com' });
    expect((await run(['collector', 'link'])).out).toMatch(new RegExp(`^${url}/setup`));
  });

  it('makes a new link for who lost the password', async () => {
    const { out: shown } = await run(['collector', 'link', '--lang', 'en']);
    expect((await fetch(shown.trim().replace(/^http:\/\/[^/]+/, url))).status).toBe(200);
  });

  it('finishes what is on its way after SIGTERM, then ends with 0', async () => {
    const answers = Array.from({ length: 20 }, () =>
      fetch(`${url}/readyz`).then(
        ({ status }) => status,
        () => 0, // never taken: the sender tries elsewhere
      ),
    );
    await answers[0];
    child.kill('SIGTERM');
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
    for (const status of await Promise.all(answers)) expect([0, 200, 503]).toContain(status);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});
