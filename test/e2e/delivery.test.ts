/** A real agent process and a collector's end of the wire: inspections and heartbeats arrive, survive an outage, and are flushed at the end. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { AgentProcess } from '../support/agent.ts';
import { CollectorPeer, type Taken } from '../support/collector-peer.ts';
import { xunjian } from '../support/program.ts';
import { writeTree } from '../support/tree.ts';

const RARELY = ['--schedule', '0 0 29 2 *', '--time-zone', 'Asia/Shanghai'];

describe.concurrent('an agent with a collector', { timeout: 120_000 }, () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'xunjian-delivery-host-'));
    writeTree(root, {
      '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
      '/etc/hostname': 'secret-host\n',
      '/proc/stat': 'cpu  1 1 1 1 1 1 1 1\ncpu0 1 1 1 1\nbtime 1795000000\n',
      '/proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n',
    });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const ofKind = (peer: CollectorPeer, kind: string): Taken[] => [...peer.accepted.values()].filter(({ header }) => header.kind === kind);
  const agentOf = (peer: { readonly url: string }, args: readonly string[] = [], stateDir?: string): AgentProcess =>
    new AgentProcess(['--role', 'node', '--host-root', root, ...RARELY, '--collector', peer.url, '--heartbeat-seconds', '2', ...args], {}, stateDir);

  it('delivers its inspection and its heartbeats, names as pseudonyms, and spools nothing beside', async () => {
    await using peer = await new CollectorPeer().listen();
    await using agent = agentOf(peer, ['--run-at-start']);
    await agent.until(() => ofKind(peer, 'inspection').length === 1 && ofKind(peer, 'heartbeat').some(({ body }) => body.includes('"lastInspectionAt"')), 'delivered');
    const [inspection] = ofKind(peer, 'inspection');
    const payload = JSON.parse(inspection?.body ?? '') as { agent: object };
    expect(payloadSchema().safeParse(payload).error?.issues).toBeUndefined();
    expect(payload.agent).toMatchObject({ role: 'node', node: expect.stringMatching(/^node~[a-z2-7]{20}$/) as unknown });
    const beat = JSON.parse(ofKind(peer, 'heartbeat').at(-1)?.body ?? '') as { agent: object; lastInspectionAt: number };
    expect(beat).toMatchObject({ agent: payload.agent, intervalSeconds: 2, activeSignals: 0, outbox: { dropped: { corrupt: 0 } } });
    expect(beat.lastInspectionAt).toBeGreaterThan(1_700_000_000);
    expect(agent.spool).toEqual([]);
    await agent.until(async () => (await agent.metric('xunjian_outbox_items')) === 0, 'settled everything');
    await agent.until(async () => (await agent.metric('xunjian_delivery_state{state="idle"}')) === 1, 'come to rest'); // between two heartbeats
    expect(await agent.metric('xunjian_outbox_dropped_total{reason="queue-full"}')).toBe(0);
    expect(readdirSync(join(agent.stateDir, 'outbox/handover'))).toEqual([]);
    const everything = [...peer.accepted.values()].map(({ body }) => body).join('') + agent.out + agent.err + (await agent.get('/metrics')).text;
    expect(everything).not.toContain('secret-host');
    const { code, afterMs } = await agent.stop();
    expect([code, afterMs < 10_000, agent.err]).toEqual([0, true, '']);
  });

  it('to the site’s own collector sends clear names, which a later vendor’s collector never gets', async () => {
    await using site = await new CollectorPeer().listen();
    await using agent = agentOf(site, ['--boundary', 'site', '--run-at-start']);
    await agent.until(() => ofKind(site, 'inspection').length === 1, 'delivered');
    expect(ofKind(site, 'inspection')[0]?.body).toContain('secret-host');
    site.script = ({ response }) => response.writeHead(503).end() !== undefined;
    const before = site.arrivals.length;
    await agent.until(() => site.arrivals.length > before + 1, 'kept a heartbeat');
    await agent.stop();
    await using vendor = await new CollectorPeer().listen();
    await using next = agentOf(vendor, [], agent.stateDir);
    await next.until(() => ofKind(vendor, 'heartbeat').length >= 2, 'delivered to the vendor');
    expect([...vendor.accepted.values()].map(({ body }) => body).join('')).not.toContain('secret-host');
    expect(await next.metric('xunjian_outbox_dropped_total{reason="refused"}')).toBeGreaterThan(0);
    await next.stop();
  });

  it('keeps everything while the collector is away, also over its own death, and delivers each once', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'xunjian-state-'));
    const port = await freePort();
    {
      await using agent = agentOf({ url: `http://127.0.0.1:${port}` }, ['--run-at-start', '--heartbeat-seconds', '1'], stateDir);
      await agent.until(() => agent.lines.some(({ msg }) => msg === 'inspection kept'), 'kept its inspection');
      await agent.until(() => existsSync(join(stateDir, 'next-run')), 'noted that it ran'); // else the run is repeated
      await agent.until(async () => ((await agent.metric('xunjian_outbox_items')) ?? 0) >= 4, 'kept some');
      expect(agent.lines.filter(({ msg }) => msg === 'the collector is not reached: trying again')).toHaveLength(1);
      agent.signal('SIGKILL');
      await agent.end();
    }
    const status = await xunjian(['outbox', 'status', '--state-dir', stateDir, '--json'], {}, root);
    const { segments } = JSON.parse(status.out) as { segments: { waiting: number }[] };
    const kept = segments.reduce((sum, { waiting }) => sum + waiting, 0);
    expect(kept).toBeGreaterThanOrEqual(4);
    expect((await xunjian(['outbox', 'verify', '--state-dir', stateDir], {}, root)).code).toBe(0);
    await using peer = await new CollectorPeer().listen('127.0.0.1', port);
    await using agent = agentOf(peer, [], stateDir);
    await agent.until(() => peer.accepted.size > kept, 'delivered the backlog');
    expect(ofKind(peer, 'inspection')).toHaveLength(1);
    expect(peer.duplicates).toBe(0);
    await agent.stop();
    rmSync(stateDir, { recursive: true });
  });

  it('says what is wrong with its options in one line, and never shows a password', async () => {
    const tokenFile = join(root, 'token');
    writeFileSync(tokenFile, 'x');
    for (const [args, words] of [
      [['--collector', 'http://collector.example.com'], /^--collector: must be https/],
      [['--collector', 'https://user:very-secret@collector.example.com'], /^--collector: no password in the URL/],
      [['--collector', 'https://collector.example.com', '--proxy', 'socks5://very-secret@proxy'], /^--proxy: http:/],
      [['--collector', 'https://collector.example.com', '--client-cert-file', '/x'], /^--client-cert-file, --client-key-file/],
      [['--collector', 'https://collector.example.com', '--boundary', 'none'], /^--boundary: vendor\|site/],
      [['--collector', 'https://collector.example.com', '--outbox-max-mb', '0'], /^--outbox-max-mb: 1…/],
      [['--token-file', tokenFile], /^--token-file: only with --collector/],
    ] as const) {
      const { code, err, out } = await xunjian(['agent', '--role', 'host', '--lang', 'en', ...args], {}, root);
      expect([code, err]).toEqual([2, expect.stringMatching(words)]);
      expect(err + out).not.toContain('very-secret');
    }
  });

  it('shows what was refused', async () => {
    await using peer = await new CollectorPeer().listen();
    peer.script = ({ response }) => response.writeHead(422).end('{"code":"contract"}') !== undefined;
    await using agent = agentOf(peer);
    await agent.until(async () => ((await agent.metric('xunjian_outbox_dropped_total{reason="refused"}')) ?? 0) > 0, 'gave up one');
    let file = '';
    await agent.until(async () => {
      const list = await xunjian(['outbox', 'dead-letters', '--state-dir', agent.stateDir], {}, root);
      file = /\S+-heartbeat-contract\.ndjson\.gz/.exec(list.out)?.[0] ?? '';
      return file !== '';
    }, 'kept a refused heartbeat');
    const shown = await xunjian(['outbox', 'dead-letters', '--state-dir', agent.stateDir, '--show', file], {}, root);
    expect(JSON.parse(shown.out)).toMatchObject({ intervalSeconds: 2 });
    expect((await xunjian(['outbox', 'dead-letters', '--state-dir', agent.stateDir, '--show', '../../site.key'], {}, root)).code).toBe(2);
    expect(readFileSync(join(agent.stateDir, 'outbox/counters.json'), 'utf8')).toContain('"refused"');
    await agent.stop();
  });
});

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  await using peer = await new CollectorPeer().listen();
  return peer.port;
}
