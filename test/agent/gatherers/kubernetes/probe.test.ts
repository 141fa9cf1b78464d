import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Host } from '../../../../agent/host/host.ts';
import { acceptsConnections, askLoopback, askSocket, healthOf, seesHostLoopback } from '../../../../agent/host/probe.ts';

const LIVE = new Host({ root: '/', sampleMs: 0, now: () => 0, live: true, running: true });
const CAPTURE = new Host({ root: '/tmp', sampleMs: 0, now: () => 0, live: false, running: false });
const signal = AbortSignal.timeout(20_000);

async function listen(where: number | string, answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => (typeof where === 'number' ? server.listen(where, '127.0.0.1', resolve) : server.listen(where, resolve)));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}
function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // it listens on TCP
}
function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-sock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'a.sock');
}

describe('a loopback probe', () => {
  it.each([
    [200, 'ok'],
    [204, 'ok'],
    [500, 'failed'],
    [503, 'failed'],
    [302, 'failed'],
  ])('%i is %s', async (status, health) => {
    const server = await listen(0, (_request, response) => void response.writeHead(status).end('ok'));
    expect(await healthOf(LIVE, portOf(server), { signal })).toBe(health);
  });
  it('is unreachable when nobody listens', async () => {
    const server = await listen(0, () => undefined);
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await healthOf(LIVE, port, { signal })).toBe('unreachable');
  });
  it('fails after its deadline, and stops at once when the run does', async () => {
    const server = await listen(0, () => undefined);
    expect(await healthOf(LIVE, portOf(server), { signal, timeoutMs: 50 })).toBe('failed');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    await expect(healthOf(LIVE, portOf(server), { signal: abort.signal })).rejects.toMatchObject({ reason: 'timeout' });
  });
  it('does not read an answer without end', async () => {
    const server = await listen(0, (_request, response) => {
      const more = (): void => void (response.destroyed || response.write(Buffer.alloc(64 * 1024), more));
      more();
    });
    await expect(askLoopback(LIVE, portOf(server), '/', { signal })).rejects.toMatchObject({ reason: 'too-large' });
  });
  it('does not ask on behalf of a capture', async () => {
    expect(await seesHostLoopback(CAPTURE)).toBe(false);
    expect(await healthOf(CAPTURE, 1, { signal })).toBeUndefined();
  });
});

describe('a unix socket', () => {
  it("answers, with the server's name", async () => {
    const path = socketPath();
    await listen(path, (_request, response) => void response.writeHead(200, { server: 'Docker/24.0.7 (linux)' }).end('OK'));
    expect(await acceptsConnections(LIVE, path, { signal })).toBe(true);
    expect(await askSocket(LIVE, path, '/_ping', { signal })).toEqual({ status: 200, body: 'OK', server: 'Docker/24.0.7 (linux)' });
  });
  it('does not when nobody listens, and cannot be asked in a capture', async () => {
    const path = socketPath();
    expect(await acceptsConnections(LIVE, path, { signal })).toBe(false);
    await expect(askSocket(LIVE, path, '/', { signal })).rejects.toMatchObject({ reason: 'not-visible' });
    expect(await acceptsConnections(CAPTURE, path, { signal })).toBeUndefined();
  });
});
