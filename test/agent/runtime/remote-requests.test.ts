import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { outcomeOf } from '../../../agent/delivery/outcome.ts';
import { LEAST_APART_MS, RemoteRequests } from '../../../agent/runtime/remote-requests.ts';
import type { RunNow } from '../../../agent/runtime/schedule.ts';
import { MOST_REQUESTS, readRequests } from '../../../agent/wire/request.ts';

function desk(over: Partial<ConstructorParameters<typeof RemoteRequests>[0]> = {}) {
  const stateDir = mkdtempSync(join(tmpdir(), 'xunjian-requests-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const said: string[] = [];
  const time = { at: 1_000_000_000_000, results: 0 };
  const requests = new RemoteRequests({
    ...{ stateDir, takes: 'inspect', now: () => time.at, clock: () => time.at, mayLeave: async () => true, results: () => time.results },
    onReport: ({ id, state, refusal }, isAwaited) => said.push(`${id} ${state}${refusal === undefined ? '' : ` ${refusal}`}${isAwaited ? '' : ' (later)'}`),
    ...over,
  });
  const run: RunNow = async (mayBegin) => {
    if (!mayBegin()) return false;
    time.results += 1;
    return true;
  };
  return { requests, said, time, run, stateDir, settled: async (count: number) => await expect.poll(() => said.length).toBe(count) };
}
const ask = (id: number, validSeconds = 60) => [{ id, kind: 'inspect', validSeconds } as const];

it('does each request once, and one in ten minutes, also after a restart', async () => {
  const { requests, said, time, run, stateDir, settled } = desk();
  requests.lead(run);
  requests.hear(ask(1));
  requests.hear(ask(1));
  await settled(3);
  requests.hear(ask(2));
  await settled(4);
  expect(said).toEqual(['1 accepted', '1 inspecting', '1 inspected', '2 refused too-often (later)']);
  const again = desk({ stateDir, now: () => time.at });
  again.requests.lead(again.run);
  again.requests.hear(ask(3));
  await again.settled(1);
  time.at += LEAST_APART_MS;
  again.requests.hear(ask(4));
  await again.settled(4);
  expect(again.said).toEqual(['3 refused too-often (later)', '4 accepted', '4 inspecting', '4 inspected']);
});
it('does nothing that the site does not allow, that leaves nowhere, that is too late or that had no result', async () => {
  for (const [over, refusal] of [
    [{ takes: 'none' }, 'not-allowed (later)'],
    [{ mayLeave: async () => false }, 'withheld (later)'],
  ] as const) {
    const one = desk(over);
    one.requests.lead(async () => expect.unreachable());
    one.requests.hear(ask(7));
    await one.settled(1);
    expect(one.said).toEqual([`7 refused ${refusal}`]);
  }
  const late = desk();
  late.requests.lead(async (mayBegin) => {
    late.time.at += 61_000; // another run was in progress
    return mayBegin();
  });
  late.requests.hear(ask(8));
  await late.settled(2);
  expect(late.said).toEqual(['8 accepted', '8 refused too-late']);
  const failing = desk();
  failing.requests.lead(async (mayBegin) => mayBegin());
  failing.requests.hear(ask(9));
  await failing.settled(3);
  expect(failing.said.at(-1)).toBe('9 refused failed');
});
it('hears nothing while another replica leads, and forgets what it said when it loses the lead', async () => {
  const { requests, said, run, settled } = desk();
  requests.hear(ask(1));
  await sleep(20);
  expect(said).toEqual([]);
  requests.lead(run);
  requests.hear(ask(1));
  await settled(3);
  expect(requests.report).toMatchObject({ id: 1, state: 'inspected' });
  requests.lead(undefined);
  expect(requests.report).toBeUndefined();
});
it('reads nothing but whole requests of its own form, whatever a collector answers', () => {
  expect(readRequests(ask(5))).toEqual(ask(5));
  expect(readRequests(undefined)).toBeUndefined();
  expect(readRequests(Array.from({ length: 50 }, (_, id) => ask(id + 1)[0]))).toHaveLength(MOST_REQUESTS);
  for (const bad of [
    { id: 1, kind: 'exec', validSeconds: 5 },
    { id: 1, kind: 'inspect' },
    { ...ask(1)[0], command: 'id' },
    { ...ask(1)[0], validSeconds: 1e9 },
    { ...ask(1)[0], id: '1' },
    null,
  ])
    expect(readRequests([bad])).toEqual([]);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const { id, kind, validSeconds } of readRequests(value) ?? []) expect([Number.isSafeInteger(id), kind, validSeconds <= 3_600]).toEqual([true, 'inspect', true]);
      expect(outcomeOf(200, {}, JSON.stringify({ receipts: [], requests: value }), [])).toEqual({ kind: 'retry', trouble: 'malformed-answer' });
    }),
  );
});
