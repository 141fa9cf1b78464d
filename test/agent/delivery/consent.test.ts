import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CLOSED, consentOf, mayLeave, OPEN, readConsent } from '../../../agent/delivery/consent.ts';
import { Ledger, readLedger } from '../../../agent/delivery/ledger.ts';
import type { Outbox } from '../../../agent/delivery/outbox.ts';
import { Sender } from '../../../agent/delivery/sender.ts';
import { Transport } from '../../../agent/delivery/transport.ts';
import { CollectorPeer } from '../../support/collector-peer.ts';
import { xunjian } from '../../support/program.ts';
import { folder, NOW, openOutbox } from './outboxes.ts';
import { payload } from './payloads.ts';

const words = (directory: string, given: Readonly<Record<string, string>>): void => {
  mkdirSync(directory, { recursive: true });
  for (const [name, word] of Object.entries(given)) writeFileSync(join(directory, name), word);
};

describe('consent', () => {
  it('is everything where the site made no such folder, and nothing where its words are missing, strange or unreadable', async () => {
    expect(await readConsent(undefined)).toEqual(OPEN);
    const directory = folder();
    expect(await readConsent(join(directory, 'none'))).toEqual(CLOSED);
    words(directory, { level: 'FULL' });
    expect(await readConsent(directory)).toEqual(CLOSED);
    words(directory, { level: 'health\n', hold: ' 600 ', approved: '' });
    expect(await readConsent(directory)).toEqual({ level: 'health', hold: 600, approvedUntil: 0 });
    rmSync(join(directory, 'hold'));
    mkdirSync(join(directory, 'hold'));
    expect(await readConsent(directory)).toEqual(CLOSED);
    for (const strange of [{ hold: '-1' }, { hold: 'later' }, { hold: '9999999' }, { approved: 'soon' }])
      expect(consentOf({ level: 'full', hold: '', approved: '', ...strange })).toEqual(CLOSED);
    expect(consentOf({ level: 'full', hold: 'manual', approved: '2026-11-22T00:00:00Z' }).approvedUntil).toBe(1_795_305_600);
  });

  it('counts the approval of the command line, for what was kept by then', async () => {
    const [directory, state] = [folder(), folder()];
    words(directory, { level: 'full', hold: 'manual' });
    expect((await xunjian(['approve', '--state-dir', state])).code).toBe(2); // no agent's
    mkdirSync(join(state, 'outbox'));
    const { out, code } = await xunjian(['approve', '--state-dir', state, '--until', '2026-11-22T00:00:00Z', '--lang', 'en']);
    expect([code, out]).toEqual([0, expect.stringContaining('approved what was kept until 2026-11-22T00:00:00.000Z (0 payloads wait now)')]);
    expect((await readConsent(directory, state)).approvedUntil).toBe(1_795_305_600);
    expect((await xunjian(['approve', '--state-dir', state, '--until', '2999-01-01'])).code).toBe(2);
    words(state, { approved: 'whatever' });
    expect((await readConsent(directory, state)).approvedUntil).toBe(0);
  });

  it.each([
    ['off', 'heartbeat', 'not-yet'],
    ['off', 'inspection', 'not-yet'],
    ['heartbeat', 'heartbeat', 'yes'],
    ['heartbeat', 'signals', 'never'],
    ['health', 'signals', 'yes'],
    ['health', 'inspection', 'never'],
    ['full', 'inspection', 'yes'],
  ] as const)('at %s a payload of kind %s: %s', (level, kind, expected) => {
    expect(mayLeave({ ...OPEN, level }, { kind, keptAt: NOW }, NOW)).toBe(expected);
  });

  it('holds for approval: until it is given, or nobody objected in time; heartbeats go on', () => {
    const held = { ...OPEN, hold: 600 };
    expect(mayLeave(held, { kind: 'signals', keptAt: NOW }, NOW + 599)).toBe('not-yet');
    expect(mayLeave(held, { kind: 'signals', keptAt: NOW }, NOW + 600)).toBe('yes');
    expect(mayLeave(held, { kind: 'heartbeat', keptAt: NOW }, NOW)).toBe('yes');
    const manual = { ...OPEN, hold: 'manual', approvedUntil: NOW } as const;
    expect(mayLeave(manual, { kind: 'inspection', keptAt: NOW }, NOW)).toBe('yes');
    expect(mayLeave(manual, { kind: 'inspection', keptAt: NOW + 1 }, NOW + 10 ** 7)).toBe('not-yet');
  });
});

describe('a sender with consent', () => {
  async function start(
    given: Readonly<Record<string, string>>,
    peer: CollectorPeer,
  ): Promise<{ outbox: Outbox; consent: string; ledger: string; stop: () => Promise<void>; states: string[] }> {
    const consent = folder();
    const ledgerFolder = folder();
    words(consent, given);
    const outbox = await openOutbox(folder());
    const states: string[] = [];
    const sender = new Sender(outbox, new Transport({ url: peer.endpoint, deadlineMs: 5_000, version: '0.1.0' }), {
      ...{ startMs: 0, random: () => 0.002, onState: (state) => void states.push(state) },
      ...{ consent: async () => await readConsent(consent), consentMs: 10, now: () => NOW, ledger: await Ledger.open(ledgerFolder, { url: peer.endpoint.href, now: Date.now }) },
    });
    const end = new AbortController();
    const ended = sender.run(end.signal);
    const stop = async (): Promise<void> => {
      end.abort();
      await ended;
    };
    onTestFinished(stop);
    return { outbox, consent, ledger: ledgerFolder, stop, states };
  }
  async function until(condition: () => boolean, what: string): Promise<void> {
    for (const began = performance.now(); !condition(); await sleep(5)) if (performance.now() - began > 20_000) throw new Error(`never ${what}`);
  }

  it('sends nothing while it is off, also at its end, and everything once it is given', async () => {
    await using peer = await new CollectorPeer().listen();
    const { outbox, consent, states, stop } = await start({ level: 'off' }, peer);
    for (let n = 0; n < 5; n += 1) await outbox.keep('heartbeat', payload(n));
    await until(() => states.includes('withheld'), 'withheld');
    words(consent, { level: 'full' });
    await until(() => peer.accepted.size === 5, 'sent');
    words(consent, { level: 'off' });
    await outbox.keep('signals', payload('late'));
    await until(() => states.filter((state) => state === 'withheld').length > 1, 'withheld again');
    await stop();
    expect([peer.accepted.size, outbox.state.items]).toEqual([5, 1]);
  });

  it('lets signs of life go while signals wait for approval', async () => {
    await using peer = await new CollectorPeer().listen();
    const { outbox, consent, states } = await start({ level: 'full', hold: 'manual' }, peer);
    await outbox.keep('signals', payload('held'));
    await outbox.keep('inspection', payload('held too'));
    await outbox.keep('heartbeat', payload('beat'));
    await until(() => peer.accepted.size === 1 && states.includes('withheld'), 'sent the heartbeat');
    expect([...peer.accepted.values()].map(({ header }) => header.kind)).toEqual(['heartbeat']);
    words(consent, { approved: String(NOW) });
    await until(() => peer.accepted.size === 3, 'sent what was approved');
  });

  it('breaks a request off when consent is taken back while it lasts', async () => {
    await using peer = await new CollectorPeer().listen();
    let arrived = false;
    peer.script = () => {
      arrived = true;
      return true; // never answers
    };
    const { outbox, consent, states } = await start({ level: 'full' }, peer);
    await outbox.keep('signals', payload('x'));
    await until(() => arrived, 'arrived');
    const began = performance.now();
    words(consent, { level: 'off' });
    await until(() => states.includes('timeout') || states.includes('withheld'), 'broken off');
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('below the level puts payloads aside where the site can look at them', async () => {
    await using peer = await new CollectorPeer().listen();
    const { outbox } = await start({ level: 'heartbeat' }, peer);
    await outbox.keep('inspection', payload('secret'));
    await outbox.keep('heartbeat', payload('beat'));
    await until(() => peer.accepted.size === 1 && outbox.state.items === 0, 'settled');
    expect([...peer.accepted.values()].map(({ body }) => body).join('')).not.toContain('secret');
    expect(outbox.state.dropped.refused).toBe(1);
  });

  it('writes down what leaves before it leaves, and what was answered; the digests are those of the receipts', async () => {
    await using peer = await new CollectorPeer().listen();
    const { outbox, ledger } = await start({ level: 'full' }, peer);
    for (let n = 0; n < 3; n += 1) await outbox.keep('signals', payload(n));
    await until(() => outbox.state.items === 0, 'sent');
    await until(() => peer.accepted.size === 3, 'accepted');
    const { lines, faults } = await readLedger(ledger);
    expect(faults).toEqual([]);
    const receipts = lines.filter(({ what }) => what === 'receipt');
    expect(receipts.map(({ answer }) => answer)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(new Set(receipts.map(({ sha256 }) => sha256))).toEqual(new Set([...peer.accepted.values()].map(({ body }) => createHash('sha256').update(body).digest('hex'))));
    for (const { id, seq } of receipts) expect(lines.find((line) => line.what === 'sending' && line.id === id)?.seq).toBeLessThan(seq);
  });
});
