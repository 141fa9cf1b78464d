/** What leaves a real agent process: the bytes that its site sees, what its guard blocks, and what its site takes back. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLedger } from '../../agent/delivery/ledger.ts';
import { AgentProcess } from '../support/agent.ts';
import { CollectorPeer, type Taken } from '../support/collector-peer.ts';
import { temporary, xunjian } from '../support/program.ts';
import { writeTree } from '../support/tree.ts';

const RARELY = ['--schedule', '0 0 29 2 *', '--time-zone', 'Asia/Shanghai', '--heartbeat-seconds', '1', '--run-at-start'];

describe('what leaves an agent', { timeout: 120_000 }, () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'xunjian-leaves-'));
    writeTree(root, { '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n', '/proc/stat': 'cpu  1 1 1 1 1 1 1 1\nbtime 1795000000\n' });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const ofKind = (peer: CollectorPeer, kind: string): Taken[] => [...peer.accepted.values()].filter(({ header }) => header.kind === kind);
  const agentOf = (peer: CollectorPeer, args: readonly string[]): AgentProcess =>
    new AgentProcess(['--role', 'host', '--host-root', root, ...RARELY, '--collector', peer.url, ...args]);

  it('is what its site sees: one digest in preview, ledger, envelope and receipt', async () => {
    await using peer = await new CollectorPeer().listen();
    await using agent = agentOf(peer, []);
    await agent.until(() => ofKind(peer, 'inspection').length === 1 && ofKind(peer, 'heartbeat').length > 0, 'delivered');
    const [sent] = ofKind(peer, 'inspection');
    const state = ['--state-dir', agent.stateDir];
    await agent.stop();
    expect((await xunjian(['preview', '--last', '--hash', ...state])).out.trim()).toBe(sent?.header.sha256);
    expect((await xunjian(['preview', '--last', ...state])).out.trimEnd()).toBe(sent?.body);
    const { lines, faults } = await readLedger(join(agent.stateDir, 'ledger'));
    const sending = lines.filter(({ what }) => what === 'sending');
    const receipts = lines.filter(({ what, answer }) => what === 'receipt' && answer === 'accepted');
    const digests = (list: readonly { readonly sha256: string }[]): string[] => list.map(({ sha256 }) => sha256).sort();
    expect(faults).toEqual([]);
    expect(digests(sending)).toEqual(digests([...peer.accepted.values()].map(({ header }) => header)));
    expect(digests(receipts)).toEqual(digests(sending));
    const shown = await xunjian(['ledger', 'show', '--json', ...state]);
    expect(
      shown.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { groups: string[] }).groups),
    ).toContainEqual(expect.arrayContaining(['inventory', 'result']));
  });

  it('is nothing once its site takes its consent back, from the moment that the agent says so, and goes on when it is given', async () => {
    const consent = temporary();
    const set = (level: string): void => writeFileSync(join(consent, 'level'), level);
    set('full');
    await using peer = await new CollectorPeer().listen();
    await using agent = agentOf(peer, ['--consent-folder', consent]);
    await agent.until(() => ofKind(peer, 'heartbeat').length >= 2, 'delivered');
    const began = performance.now();
    set('off');
    await agent.until(async () => (await agent.metric('xunjian_delivery_state{state="withheld"}')) === 1, 'said that nothing leaves');
    expect(performance.now() - began).toBeLessThan(60_000);
    const arrived = peer.arrivals.length;
    await agent.until(async () => ((await agent.metric('xunjian_outbox_items')) ?? 0) >= 3, 'kept what it would have sent');
    expect(peer.arrivals.length).toBe(arrived);
    rmSync(join(consent, 'level'));
    mkdirSync(join(consent, 'level')); // what cannot be read is no consent
    await agent.until(async () => ((await agent.metric('xunjian_outbox_items')) ?? 0) >= 5, 'kept more');
    expect(peer.arrivals.length).toBe(arrived);
    rmSync(join(consent, 'level'), { recursive: true });
    set('full');
    await agent.until(() => peer.arrivals.length > arrived, 'went on');
    await agent.stop();
  });

  it('is nothing that the guard finds something in: told of in log, metric, readiness and exit code, never by its value', async () => {
    const folder = temporary();
    const config = join(folder, 'site.yaml');
    writeFileSync(config, JSON.stringify({ clearNames: ['node'], guard: { words: ['Quagga'] }, sampleSeconds: 0.2 }));
    await using peer = await new CollectorPeer().listen();
    await using agent = agentOf(peer, ['--config', config, '--node-name', 'quagga-7', '--log-level', 'debug']);
    await agent.until(() => agent.lines.filter(({ alert }) => alert === 'PrivacyGuardTripped').length >= 2, 'raised the alert for inspection and heartbeat');
    expect(await agent.metric('xunjian_guard_blocked_total{leak="word"}')).toBeGreaterThan(1);
    expect((await agent.get('/readyz')).status).toBe(503);
    expect((await agent.get('/healthz')).status).toBe(200); // a restart would mend nothing
    await agent.stop();
    expect(peer.arrivals).toEqual([]);
    expect(agent.lines.find(({ alert }) => alert !== undefined)).toMatchObject({ leak: 'word', path: 'node', level: 50 });
    expect(agent.out + agent.err).not.toMatch(/quagga/i);
    const preview = await xunjian(['preview', '--no-cluster', '--host-root', root, '--config', config, '--lang', 'en'], { XUNJIAN_ROLE: 'host', NODE_NAME: 'quagga-7' }, folder);
    expect([preview.code, preview.out]).toEqual([4, '']);
    expect(preview.err).toMatch(/privacy guard.*word \(node\)/);
    expect(preview.err).not.toMatch(/quagga/i);
  });
});
