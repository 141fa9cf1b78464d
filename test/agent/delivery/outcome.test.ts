import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../agent/delivery/backoff.ts';
import { ingestUrl } from '../../../agent/delivery/collector-address.ts';
import { outcomeOf } from '../../../agent/delivery/outcome.ts';
import { phaseOf } from '../../../agent/delivery/phase.ts';
import { encodeRecord, type RecordHead } from '../../../agent/delivery/record.ts';
import { steadyClock } from '../../../agent/delivery/steady-clock.ts';
import { AGENT, NOW } from './outboxes.ts';
import { payload } from './payloads.ts';

const head = (seq: number): RecordHead => {
  const { json, sha256 } = payload(seq);
  return encodeRecord({ agent: AGENT, boot: '12'.repeat(8), seq, kind: 'signals', keptAt: NOW, sha256 }, json, 'vendor').head;
};
const HEADS = [head(1), head(2)];
const id = (one: RecordHead): string => `${one.agent}.${one.boot}.${one.seq}`;
const receipts = (...list: readonly object[]): string => JSON.stringify({ receipts: list });

describe('an answer', () => {
  it.each([
    [408, { kind: 'retry', trouble: 'busy' }],
    [429, { kind: 'retry', trouble: 'busy' }],
    [503, { kind: 'retry', trouble: 'busy' }],
    [500, { kind: 'retry', trouble: 'server-error' }],
    [502, { kind: 'retry', trouble: 'server-error' }],
    [204, { kind: 'retry', trouble: 'malformed-answer' }],
    [401, { kind: 'stop', stop: 'unauthorized' }],
    [403, { kind: 'stop', stop: 'forbidden' }],
    [407, { kind: 'stop', stop: 'proxy-refused' }],
    [404, { kind: 'stop', stop: 'misdirected' }],
    [405, { kind: 'stop', stop: 'misdirected' }],
    [301, { kind: 'stop', stop: 'misdirected' }],
    [307, { kind: 'stop', stop: 'misdirected' }],
    [413, { kind: 'split' }],
    [400, { kind: 'reject', word: 'status-400' }],
    [422, { kind: 'reject', word: 'status-422' }],
  ])('of status %i is %o', (status, outcome) => {
    expect(outcomeOf(status, {}, '<html>', HEADS)).toMatchObject(outcome);
  });

  it('names the reason of a refusal only when it is a closed word', () => {
    expect(outcomeOf(422, {}, '{"code":"schema-unknown"}', HEADS)).toEqual({ kind: 'reject', word: 'schema-unknown' });
    for (const code of ['Node worker-1 <b>', 'somebodys-word']) expect(outcomeOf(422, {}, JSON.stringify({ code }), HEADS)).toEqual({ kind: 'reject', word: 'status-422' });
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['999999', 900_000],
    ['-5', undefined],
    ['soon', undefined],
    ['Wed, 21 Oct 2026 07:29:00 GMT', 60_000],
  ])('with Retry-After %s asks for %s ms', (text, ms) => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT'; // the server's clock, whatever ours says
    expect(outcomeOf(429, { 'retry-after': text, date }, '', HEADS)).toMatchObject({ afterMs: ms });
  });

  it('counts only receipts that name both id and digest of what was sent', () => {
    const [one, two] = HEADS;
    const good = { id: id(one as RecordHead), sha256: one?.sha256, status: 'accepted' };
    const answered = outcomeOf(200, {}, receipts(good, { id: id(two as RecordHead), sha256: 'f'.repeat(64), status: 'accepted' }), HEADS);
    expect(answered.kind === 'answered' && [...answered.receipts.keys()]).toEqual([good.id]);
    for (const text of ['', '{}', 'null', receipts(), receipts({ ...good, status: 'fine' }), receipts({ ...good, id: 'someone.else.1' }), receipts(good).slice(0, -9)])
      expect(outcomeOf(200, {}, text, HEADS), text).toEqual({ kind: 'retry', trouble: 'malformed-answer' });
  });
});

describe('waiting', () => {
  it('is full jitter under a limit that doubles to five minutes, and never less than Retry-After', () => {
    expect(backoffMs(1, undefined, 0)).toBe(0);
    expect(backoffMs(1, undefined, 1)).toBe(2_000);
    expect(backoffMs(4, undefined, 0.5)).toBe(8_000);
    expect(backoffMs(1_000, undefined, 1)).toBe(300_000);
    expect(backoffMs(1, 60_000, 0)).toBe(60_000);
    expect(backoffMs(1, 60_000, 1)).toBe(75_000);
  });

  it('spreads 5,000 agents over the period: no tenth of a second has more than a few', () => {
    const slots = new Array<number>(600).fill(0);
    for (let n = 0; n < 5_000; n += 1) {
      const phase = phaseOf(n.toString(16).padStart(32, '0'));
      expect(phase).toBeGreaterThanOrEqual(0);
      expect(phase).toBeLessThan(1);
      slots[Math.floor(phase * 600)] = (slots[Math.floor(phase * 600)] ?? 0) + 1;
    }
    expect(slots.reduce((a, b) => Math.max(a, b))).toBeLessThan(30); // 8.3 expected; the chance of 30 is below 1e-7
    expect(slots.filter((count) => count === 0).length).toBeLessThan(10);
    expect(phaseOf(AGENT)).toBe(phaseOf(AGENT));
  });

  it('does not believe a wall clock that leaps, but one that is corrected', () => {
    let wall = 1_000_000;
    let mono = 0;
    const now = steadyClock(
      () => wall,
      () => mono,
    );
    const later = (ms: number, wallSeconds: number): number => {
      mono += ms;
      wall += wallSeconds;
      return now();
    };
    expect(later(60_000, 60)).toBe(1_000_060);
    expect(later(60_000, 65)).toBe(1_000_125); // NTP puts it five seconds forward
    for (const leap of [86_400, -1_000_000, 4_000_000_000]) {
      const before = now();
      expect(later(60_000, leap)).toBe(before + 60);
      wall -= leap - 60;
    }
  });
});

describe('a collector’s address', () => {
  it.each([
    ['https://collector.example.com', 'https://collector.example.com/api/v1/ingest'],
    ['https://collector.example.com:8443/xunjian/', 'https://collector.example.com:8443/xunjian/api/v1/ingest'],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443/api/v1/ingest'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api/v1/ingest'],
    ['http://[::1]:8080', 'http://[::1]:8080/api/v1/ingest'],
    ['http://localhost:8080', 'http://localhost:8080/api/v1/ingest'],
  ])('%s is taken', (text, url) => {
    expect(String(ingestUrl(text))).toBe(url);
  });
  it.each([
    ['collector', 'not-a-url'],
    ['http://collector.example.com', 'not-https'],
    ['http://10.0.0.1', 'not-https'],
    ['http://127.0.0.1.example.com', 'not-https'],
    ['ftp://127.0.0.1', 'not-https'],
    ['https://user:secret@collector.example.com', 'has-credentials'],
    ['https://collector.example.com/?a=1', 'has-query'],
  ])('%s is not: %s', (text, fault) => {
    expect(ingestUrl(text)).toBe(fault);
  });
});
