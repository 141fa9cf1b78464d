import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Item } from '../../../agent/delivery/batch.ts';
import { encodeRecord, HEAD_BYTES } from '../../../agent/delivery/record.ts';
import { Transport, type TransportOptions } from '../../../agent/delivery/transport.ts';
import { Authority, type Issued } from '../../support/certificates.ts';
import { CollectorPeer } from '../../support/collector-peer.ts';
import { ConnectProxy } from '../../support/connect-proxy.ts';
import { AGENT, folder, NOW } from './outboxes.ts';
import { payload } from './payloads.ts';

const never = new AbortController().signal;
const HAS_IPV6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

function item(seq: number): Item {
  const { json, sha256 } = payload(`payload-${seq}`);
  const { head, buffer } = encodeRecord({ agent: AGENT, boot: '12'.repeat(8), seq, kind: 'signals', keptAt: NOW, sha256 }, json, 'vendor');
  return { head, body: buffer.subarray(HEAD_BYTES), place: 'memory' };
}
const ITEMS = [item(1), item(2), item(3)];

function transport(url: URL, over: Partial<TransportOptions> = {}): Transport {
  const made = new Transport({ url, deadlineMs: 5_000, version: '0.1.0', ...over });
  onTestFinished(() => made.close());
  return made;
}

describe('a request', () => {
  it('is one gzip body of whole envelopes with a bearer token, over one connection that is kept', async () => {
    await using peer = await new CollectorPeer().listen();
    const tokenFile = join(folder(), 'token');
    writeFileSync(tokenFile, 'very-secret-token\n');
    const sender = transport(peer.endpoint, { tokenFile });
    const ports = new Set<number | undefined>();
    peer.script = ({ request }) => {
      ports.add(request.socket.remotePort);
      return false;
    };
    for (let n = 0; n < 3; n += 1) expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    const [{ taken, request } = { taken: [], request: undefined }] = peer.arrivals;
    expect(taken.map(({ body }) => JSON.parse(body))).toMatchObject([{ label: 'payload-1' }, { label: 'payload-2' }, { label: 'payload-3' }]);
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer very-secret-token',
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'user-agent': 'xunjian/0.1.0',
    });
    expect([peer.accepted.size, peer.duplicates, ports.size]).toEqual([3, 6, 1]);
  });

  it('has its whole body at every attempt, also after the connection was reset when all of it had arrived', async () => {
    await using peer = await new CollectorPeer().listen();
    peer.script = ({ request }, count) => {
      if (count === 1) request.socket.destroy();
      return count === 1;
    };
    const sender = transport(peer.endpoint);
    expect(await sender.send(ITEMS, never)).toEqual({ kind: 'retry', trouble: 'unreachable' });
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    expect(peer.arrivals.map(({ bytes }) => bytes)).toEqual([peer.arrivals[0]?.bytes, peer.arrivals[0]?.bytes]);
    expect(peer.arrivals[1]?.taken).toHaveLength(3);
  });

  it('follows no redirect: neither payload nor token go elsewhere', async () => {
    await using elsewhere = await new CollectorPeer().listen();
    await using peer = await new CollectorPeer().listen();
    for (const status of [301, 302, 307, 308]) {
      peer.script = ({ response }) => {
        response.writeHead(status, { location: elsewhere.endpoint.href }).end();
        return true;
      };
      expect(await transport(peer.endpoint).send(ITEMS, never)).toEqual({ kind: 'stop', stop: 'misdirected' });
    }
    expect(elsewhere.arrivals).toEqual([]);
  });

  it.each([
    ['that was cut in the middle', '{"receipts":[{"id":"', 'unreachable|malformed-answer'],
    ['that is no JSON', '<html>welcome</html>', 'malformed-answer'],
    ['without end', 'x'.repeat(512 * 1024), 'malformed-answer'],
  ])('with an answer %s is one to repeat', async (what, text, trouble) => {
    await using peer = await new CollectorPeer().listen();
    peer.script = ({ response }) => {
      response.writeHead(200, what.includes('cut') ? { 'content-length': 4_000 } : {});
      response.write(text);
      if (what.includes('cut')) setTimeout(() => response.socket?.destroy(), 50);
      else response.end();
      return true;
    };
    const outcome = await transport(peer.endpoint).send(ITEMS, never);
    expect(outcome).toMatchObject({ kind: 'retry', trouble: expect.stringMatching(new RegExp(`^(${trouble})$`)) as unknown });
  });

  it('ends at its deadline against a server that drips, one that never answers, and one that never speaks TLS', { timeout: 20_000 }, async () => {
    const authority = new Authority(folder(), 'slow');
    await using peer = await new CollectorPeer().listen();
    peer.script = ({ response }) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
      return true;
    };
    const sockets: Socket[] = [];
    const mute = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const port = (mute.address() as { port: number }).port;
    for (const url of [peer.endpoint, new URL(`http://127.0.0.1:${port}/`), new URL(`https://127.0.0.1:${port}/`)]) {
      const began = performance.now();
      expect(await transport(url, { deadlineMs: 600, caFile: authority.caFile }).send(ITEMS, never)).toEqual({ kind: 'retry', trouble: 'timeout' });
      expect(performance.now() - began).toBeLessThan(2_000);
    }
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  it('to nobody, or to a name that does not exist, is one to repeat', async () => {
    expect(await transport(new URL('http://127.0.0.1:9/')).send(ITEMS, never)).toEqual({ kind: 'retry', trouble: 'unreachable' });
    expect(await transport(new URL('https://no-such-name.invalid/')).send(ITEMS, never)).toMatchObject({
      kind: 'retry',
      trouble: expect.stringMatching(/name-unknown|timeout/) as unknown,
    });
  });
});

describe('over TLS', () => {
  let authority: Authority;
  let other: Authority;
  let server: Issued;
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'xunjian-pki-'));
    authority = new Authority(directory, 'ours');
    other = new Authority(directory, 'theirs');
    server = authority.issue('collector', 'IP:127.0.0.1,IP:::1,DNS:localhost');
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('trusts the given authority and no other, no expired certificate, and no other’s name; nothing is sent otherwise', async () => {
    const untrusted = { kind: 'retry', trouble: 'untrusted' };
    await using peer = await new CollectorPeer(server).listen();
    expect((await transport(peer.endpoint, { caFile: authority.caFile }).send(ITEMS, never)).kind).toBe('answered');
    expect(await transport(peer.endpoint).send(ITEMS, never)).toEqual(untrusted);
    expect(await transport(peer.endpoint, { caFile: other.caFile }).send(ITEMS, never)).toEqual(untrusted);
    await using expired = await new CollectorPeer(authority.issue('collector', 'IP:127.0.0.1', true)).listen();
    expect(await transport(expired.endpoint, { caFile: authority.caFile }).send(ITEMS, never)).toEqual(untrusted);
    await using named = await new CollectorPeer(authority.issue('collector', 'DNS:elsewhere.example')).listen();
    expect(await transport(named.endpoint, { caFile: authority.caFile }).send(ITEMS, never)).toEqual(untrusted);
    expect([peer.arrivals.length, expired.arrivals.length, named.arrivals.length]).toEqual([1, 0, 0]);
  });

  it('never falls back to plain HTTP', async () => {
    await using plain = await new CollectorPeer().listen();
    const url = new URL(plain.endpoint.href.replace('http:', 'https:'));
    expect((await transport(url, { caFile: authority.caFile }).send(ITEMS, never)).kind).toBe('retry');
    expect(plain.arrivals).toEqual([]);
  });

  it('shows a client certificate, and the new one once its files are replaced, half a rotation changing nothing', async () => {
    const directory = folder();
    const [clientCertFile, clientKeyFile, tokenFile] = ['tls.crt', 'tls.key', 'token'].map((name) => join(directory, name)) as [string, string, string];
    const [one, two] = [authority.issue('agent-one', 'DNS:one'), authority.issue('agent-two', 'DNS:two')];
    copyFileSync(one.certFile, clientCertFile);
    copyFileSync(one.keyFile, clientKeyFile);
    writeFileSync(tokenFile, 'first-token');
    await using peer = await new CollectorPeer({ ...server, ca: authority.ca, requestCert: true, rejectUnauthorized: true }).listen();
    const subjects: (string | undefined)[] = [];
    peer.script = ({ request }) => {
      const peerOf = request.socket as unknown as { getPeerCertificate: () => { subject?: { CN?: string } } };
      subjects.push(`${peerOf.getPeerCertificate().subject?.CN} ${request.headers.authorization}`);
      return false;
    };
    const options = { caFile: authority.caFile, clientCertFile, clientKeyFile, tokenFile };
    const sender = transport(peer.endpoint, options);
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    const mark = await sender.credentialsMark();
    copyFileSync(two.certFile, clientCertFile); // its key is still the old one
    expect(await sender.send(ITEMS, never)).toEqual({ kind: 'retry', trouble: 'credentials-unusable' });
    copyFileSync(two.keyFile, clientKeyFile);
    writeFileSync(tokenFile, 'second-token');
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    expect(await sender.credentialsMark()).not.toBe(mark);
    expect(subjects).toEqual(['agent-one Bearer first-token', 'agent-two Bearer second-token']);
    expect((await transport(peer.endpoint, { caFile: authority.caFile }).send(ITEMS, never)).kind).toBe('retry');
  });

  it('a changed authority is believed from the next request on', async () => {
    const caFile = join(folder(), 'ca.crt');
    copyFileSync(authority.caFile, caFile);
    await using peer = await new CollectorPeer(server).listen();
    const sender = transport(peer.endpoint, { caFile });
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    peer.setTls(other.issue('collector', 'IP:127.0.0.1'));
    copyFileSync(other.caFile, caFile);
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
  });

  it.each([
    ['a missing token', {}],
    ['a token that is none', { token: 'two words\nand a line' }],
    ['an authority that is none', { token: 'good-token', ca: 'not a certificate' }],
  ])('%s is not used and not sent', async (_what, { token, ca }: { token?: string; ca?: string }) => {
    const directory = folder();
    if (token !== undefined) writeFileSync(join(directory, 'token'), token);
    if (ca !== undefined) writeFileSync(join(directory, 'ca'), ca);
    await using peer = await new CollectorPeer(server).listen();
    const sender = transport(peer.endpoint, { tokenFile: join(directory, 'token'), caFile: ca === undefined ? authority.caFile : join(directory, 'ca') });
    expect(await sender.send(ITEMS, never)).toEqual({ kind: 'retry', trouble: 'credentials-unusable' });
    expect(peer.arrivals).toEqual([]);
  });

  it('goes through a proxy with a password, which sees only a tunnel; 407 stops it', async () => {
    await using peer = await new CollectorPeer(server).listen();
    await using proxy = await new ConnectProxy('us er:p@ss:word').listen();
    const address = (user: string): URL => new URL(`http://${user}@127.0.0.1:${proxy.port}`);
    const options = { caFile: authority.caFile, proxy: address('us%20er:p%40ss%3Aword') };
    const sender = transport(peer.endpoint, options);
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    expect((await sender.send(ITEMS, never)).kind).toBe('answered');
    expect(proxy.asked).toEqual([`127.0.0.1:${peer.port}`]); // one tunnel, kept
    expect(await transport(peer.endpoint, { ...options, proxy: address('us%20er:wrong') }).send(ITEMS, never)).toEqual({ kind: 'stop', stop: 'proxy-refused' });
    expect(await transport(peer.endpoint, { ...options, caFile: other.caFile }).send(ITEMS, never)).toEqual({ kind: 'retry', trouble: 'untrusted' });
    expect(await transport(peer.endpoint, { ...options, proxy: new URL('http://127.0.0.1:9') }).send(ITEMS, never)).toMatchObject({ kind: 'retry' });
    expect(peer.arrivals).toHaveLength(2);
  });

  it.skipIf(!HAS_IPV6)('reaches an IPv6 literal, directly and through a proxy (skipped where the machine has no ::1)', async () => {
    await using peer = await new CollectorPeer(server).listen('::1');
    await using proxy = await new ConnectProxy().listen();
    expect((await transport(peer.endpoint, { caFile: authority.caFile }).send(ITEMS, never)).kind).toBe('answered');
    const tunnelled = transport(peer.endpoint, { caFile: authority.caFile, proxy: new URL(`http://127.0.0.1:${proxy.port}`) });
    expect((await tunnelled.send(ITEMS, never)).kind).toBe('answered');
    expect(proxy.asked).toEqual([`[::1]:${peer.port}`]);
  });
});
