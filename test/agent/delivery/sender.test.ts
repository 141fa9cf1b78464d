import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outbox } from '../../../agent/delivery/outbox.ts';
import { Sender, type SenderOptions, type SenderState } from '../../../agent/delivery/sender.ts';
import { Transport } from '../../../agent/delivery/transport.ts';
import { type Arrival, CollectorPeer } from '../../support/collector-peer.ts';
import { ALL, folder, openOutbox } from './outboxes.ts';
import { payload } from './payloads.ts';

interface Running {
  readonly sender: Sender;
  readonly states: SenderState[];
  readonly stop: () => Promise<void>;
}
/** A sender at work, without any wait beyond a millisecond's unless told. */
function start(outbox: Outbox, url: URL, over: Partial<SenderOptions> = {}): Running {
  const states: SenderState[] = [];
  const carrier = new Transport({ url, deadlineMs: 2_000, version: '0.1.0' });
  const sender = new Sender(outbox, carrier, { startMs: 0, random: () => 0.002, watchMs: 20, probeMs: 60_000, onState: (state) => states.push(state), ...over });
  const end = new AbortController();
  const ended = sender.run(end.signal);
  const stop = async (): Promise<void> => {
    end.abort();
    await ended;
  };
  onTestFinished(stop);
  return { sender, states, stop };
}
async function until(condition: () => boolean, what: string, ms = 10_000): Promise<void> {
  const began = performance.now();
  while (!condition()) {
    if (performance.now() - began > ms) throw new Error(`never ${what}`);
    await sleep(5);
  }
}
const answer =
  (status: number, headers: Readonly<Record<string, string>> = {}, text = '') =>
  ({ response }: Arrival): boolean => {
    response.writeHead(status, headers).end(text);
    return true;
  };
const labels = (peer: CollectorPeer): string[] => [...peer.accepted.values()].map(({ body }) => (JSON.parse(body) as { label: string }).label);

describe('the sender', () => {
  it('sends what waits and what comes, each once', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 250; n += 1) await outbox.keep('heartbeat', payload(n));
    const { states } = start(outbox, peer.endpoint);
    await until(() => peer.accepted.size === 250, 'sent the backlog');
    await outbox.keep('signals', payload('news'));
    await until(() => labels(peer).includes('news'), 'sent the news');
    await until(() => outbox.state.items === 0, 'settled');
    expect(peer.duplicates).toBe(0);
    expect(peer.arrivals.every(({ taken }) => taken.length <= 100)).toBe(true);
    expect(outbox.state).toMatchObject({ counts: { sent: 251, retries: 0 } });
    await until(() => states.at(-1) === 'idle', 'came to rest');
    expect(states[0]).toBe('sending');
    await outbox.close();
  });

  it('repeats after 429, 503, 500 and a reset, without losing or doubling anything, no earlier than Retry-After', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 20; n += 1) await outbox.keep('signals', payload(n));
    const times: number[] = [];
    const script = [answer(429, { 'retry-after': '1' }), answer(503), answer(500), ({ request }: Arrival) => request.socket.destroy() !== undefined];
    peer.script = (arrival, count) => {
      times.push(performance.now());
      return script[count - 1]?.(arrival) ?? false;
    };
    start(outbox, peer.endpoint);
    await until(() => peer.accepted.size === 20, 'sent');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(995);
    expect([peer.arrivals.length, peer.duplicates, outbox.state.counts.retries]).toEqual([5, 0, 4]);
  });

  it('takes an answer that was lost for a duplicate, and leaves nothing behind', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload('once'));
    peer.script = ({ taken, request }, count) => {
      if (count > 1) return false;
      peer.receipts(taken); // committed, but the answer never arrives
      request.socket.destroy();
      return true;
    };
    start(outbox, peer.endpoint);
    await until(() => outbox.state.items === 0, 'settled');
    expect([peer.accepted.size, outbox.state.counts.duplicates]).toEqual([1, 1]);
  });

  it('after 413 sends fewer at a time; one that is too large alone is a dead letter', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 16; n += 1) await outbox.keep('inspection', payload(n === 7 ? 'huge' : n));
    peer.script = (arrival) => (arrival.taken.length > 4 || arrival.taken.some(({ body }) => body.includes('huge')) ? answer(413)(arrival) : false);
    start(outbox, peer.endpoint);
    await until(() => outbox.state.items === 0, 'settled');
    expect(peer.accepted.size).toBe(15);
    expect(outbox.state.dropped['too-large']).toBe(1);
    expect(readdirSync(outbox.deadLetterFolder)).toHaveLength(1);
  });

  it.each([401, 403])('stops at %i, does not ask again, and goes on once the credentials change', async (status) => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload('held'));
    peer.script = answer(status);
    const states: SenderState[] = [];
    let mark = 'old';
    const transport = new Transport({ url: peer.endpoint, deadlineMs: 2_000, version: '0.1.0' });
    const carrier = { send: transport.send.bind(transport), close: transport.close.bind(transport), credentialsMark: async () => mark };
    const end = new AbortController();
    const sender = new Sender(outbox, carrier, { startMs: 0, random: () => 0, watchMs: 10, probeMs: 60_000, onState: (state) => states.push(state) });
    const ended = sender.run(end.signal);
    await until(() => states.length > 1, 'stopped');
    await sleep(300);
    expect(states).toEqual(['sending', status === 401 ? 'unauthorized' : 'forbidden']);
    expect(peer.arrivals).toHaveLength(1);
    peer.script = () => false;
    mark = 'new';
    await until(() => outbox.state.items === 0, 'sent');
    expect(outbox.state.dropped.refused).toBe(0);
    end.abort();
    await ended;
  });

  it('asks again after a long time, although nothing changed', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload('held'));
    peer.script = (arrival, count) => (count === 1 ? answer(401)(arrival) : false);
    start(outbox, peer.endpoint, { probeMs: 100 });
    await until(() => outbox.state.items === 0, 'sent');
  });

  it('finds the one bad payload among many, keeps it as a dead letter, and sends the others', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 50; n += 1) await outbox.keep('signals', payload(n === 31 ? 'poison' : n));
    peer.script = (arrival) => (arrival.taken.some(({ body }) => body.includes('poison')) ? answer(400, {}, '{"code":"malformed","message":"x"}')(arrival) : false);
    start(outbox, peer.endpoint);
    await until(() => outbox.state.items === 0, 'settled');
    expect(peer.accepted.size).toBe(49);
    expect(readdirSync(outbox.deadLetterFolder)).toEqual([expect.stringContaining('-signals-malformed.ndjson.gz')]);
  });

  it('doubts a collector that refuses everything: no hot loop', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 100; n += 1) await outbox.keep('signals', payload(n));
    peer.script = answer(400);
    start(outbox, peer.endpoint, { random: () => 0.5 });
    await sleep(1_500);
    expect(outbox.state.dropped.refused).toBeLessThanOrEqual(5);
  });

  it('settles each payload by its own receipt: refused, quarantined, forged, missing', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    for (const label of ['accepted', 'quarantined', 'refused', 'forged', 'missing']) await outbox.keep('signals', payload(label));
    peer.script = ({ taken, response }, count) => {
      if (count > 1) return false;
      const receipts = peer.receipts(taken).map((receipt, index) => {
        const label = ['accepted', 'quarantined', 'refused', 'forged', 'missing'][index];
        if (label === 'forged') return { ...receipt, sha256: '0'.repeat(64) };
        return label === 'missing' ? {} : { ...receipt, status: label, ...(label === 'refused' && { reason: 'contract' }) };
      });
      response.writeHead(200).end(JSON.stringify({ receipts }));
      return true;
    };
    start(outbox, peer.endpoint);
    await until(() => outbox.state.items === 0, 'settled');
    expect(peer.arrivals[1]?.taken.map(({ body }) => (JSON.parse(body) as { label: string }).label)).toEqual(['forged', 'missing']);
    expect(outbox.state).toMatchObject({ counts: { sent: 4, duplicates: 2 }, dropped: { refused: 1 } });
  });

  it('waits its turn before the first request, and told to end sends what it can at once', async () => {
    await using peer = await new CollectorPeer().listen();
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload('last words'));
    const { stop, sender } = start(outbox, peer.endpoint, { startMs: 60_000 });
    await sleep(200);
    expect(peer.arrivals).toEqual([]);
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(labels(peer)).toEqual(['last words']);
    expect(sender.state).toBe('stopped');
  });

  it('told to end while the collector hangs ends in time, and nothing is lost', async () => {
    await using peer = await new CollectorPeer().listen();
    const directory = folder();
    const outbox = await openOutbox(directory);
    await outbox.keep('signals', payload('kept'));
    peer.script = () => true; // never answers
    const { stop } = start(outbox, peer.endpoint, { flushMs: 300 });
    await until(() => peer.arrivals.length === 1, 'asked');
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(1_500);
    await outbox.close();
    const again = await openOutbox(directory);
    expect(await again.next(ALL)).toHaveLength(1);
    await again.close();
  });
});
