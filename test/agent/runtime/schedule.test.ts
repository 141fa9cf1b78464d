import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { isCron, isTimeZone, nextTimes } from '../../../agent/runtime/cron.ts';
import { DueTimesError, dueTimes } from '../../../agent/runtime/due-times.ts';
import { runOnSchedule, type ScheduleOptions } from '../../../agent/runtime/schedule.ts';
import { until } from '../../support/counting-proxy.ts';

function options(over: Partial<ScheduleOptions> = {}): ScheduleOptions {
  const directory = mkdtempSync(join(tmpdir(), 'xunjian-schedule-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return { cron: '* * * * * *', timeZone: 'Asia/Shanghai', jitterMs: 0, stateFile: join(directory, 'next-run'), runAtStart: false, now: Date.now, random: () => 0.5, ...over };
}
const DAILY = '0 2 * * *';

it('runs by the expression, never two at a time, and stops at once', async () => {
  const stop = new AbortController();
  let running = 0;
  let most = 0;
  let runs = 0;
  let skipped = 0;
  const work = runOnSchedule(
    options({ runAtStart: true }),
    async (signal) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1_100, undefined, { signal }).catch(() => undefined);
      running -= 1;
      runs += 1;
    },
    () => {
      skipped += 1;
    },
    stop.signal,
  );
  await sleep(4_600);
  const began = performance.now();
  stop.abort();
  await work;
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(runs).toBeGreaterThanOrEqual(2);
  expect(most).toBe(1);
  expect(skipped).toBeGreaterThanOrEqual(1);
});
it('catches up a run that was missed, once, and remembers the next', async () => {
  const missed = options({ cron: DAILY });
  writeFileSync(missed.stateFile, '2026-01-01T00:00:00.000Z\n');
  let runs = 0;
  const stop = new AbortController();
  const work = runOnSchedule(
    missed,
    async () => {
      runs += 1;
    },
    () => undefined,
    stop.signal,
  );
  await until(() => Date.parse(readFileSync(missed.stateFile, 'utf8').trim()) > Date.now());
  stop.abort();
  await work;
  expect(runs).toBe(1);
  expect(Date.parse(readFileSync(missed.stateFile, 'utf8').trim())).toBeGreaterThan(Date.now());

  const again = new AbortController();
  const second = runOnSchedule(
    missed,
    async () => {
      runs += 1;
    },
    () => undefined,
    again.signal,
  );
  await sleep(300);
  again.abort();
  await second;
  expect(runs).toBe(1);
});
it('reads the expression in the zone', async () => {
  const due = async (timeZone: string): Promise<number> => {
    const one = options({ cron: DAILY, timeZone });
    writeFileSync(one.stateFile, '2999-01-01T00:00:00.000Z\n');
    const stop = new AbortController();
    const work = runOnSchedule(
      one,
      async () => undefined,
      () => undefined,
      stop.signal,
    );
    await until(() => !readFileSync(one.stateFile, 'utf8').startsWith('2999'));
    stop.abort();
    await work;
    return new Date(readFileSync(one.stateFile, 'utf8').trim()).getUTCHours();
  };
  expect(await due('Asia/Shanghai')).toBe(18);
  expect(await due('UTC')).toBe(2);
});
/** A schedule that goes on, with its runs counted. */
function counted(one: ScheduleOptions): { readonly runs: number; stop(): Promise<void> } {
  const stop = new AbortController();
  const going = {
    runs: 0,
    async stop() {
      stop.abort();
      await work;
    },
  };
  const work = runOnSchedule(
    one,
    async () => {
      going.runs += 1;
    },
    () => undefined,
    stop.signal,
  );
  return going;
}
it('works the times out again when they are used up and when the clock was set back', async () => {
  let offsetMs = 0;
  const asked: number[] = [];
  const faults: unknown[] = [];
  const one = options({
    mostSleepMs: 20,
    now: () => Date.now() + offsetMs,
    onFault: (error) => faults.push(error),
    dueTimes: async () => {
      const now = Date.now() + offsetMs;
      asked.push(now);
      return asked.length === 3 ? [now + 3_600_000] : [now + 20, now + 40];
    },
  });
  writeFileSync(one.stateFile, '2999-01-01T00:00:00.000Z\n');
  const going = counted(one);
  await until(() => asked.length === 3);
  expect(going.runs).toBeGreaterThanOrEqual(2);
  const before = going.runs;
  offsetMs = -86_400_000; // what was worked out is now a day and an hour away
  await until(() => going.runs > before);
  await going.stop();
  expect(faults).toEqual([]);
});
it('several times that passed while the machine slept are one run', async () => {
  let offsetMs = 0;
  const began = Date.now();
  const one = options({ mostSleepMs: 20, now: () => Date.now() + offsetMs, dueTimes: async () => [1, 2, 3, 100].map((hours) => began + hours * 3_600_000) });
  writeFileSync(one.stateFile, '2999-01-01T00:00:00.000Z\n');
  const going = counted(one);
  await until(() => readFileSync(one.stateFile, 'utf8') !== '2999-01-01T00:00:00.000Z\n');
  offsetMs = 4 * 3_600_000;
  await until(() => going.runs > 0);
  await until(() => Date.parse(readFileSync(one.stateFile, 'utf8').trim()) === began + 100 * 3_600_000);
  await going.stop();
  expect(going.runs).toBe(1);
});
it('a process without room for the question is a fault that is told and tried again', async () => {
  const stop = new AbortController();
  const faults: unknown[] = [];
  const one = options({ mostSleepMs: 20, onFault: (error) => faults.push(error), dueTimes: async () => await Promise.reject(new DueTimesError('ended')) });
  const work = runOnSchedule(
    one,
    async () => undefined,
    () => undefined,
    stop.signal,
  );
  await until(() => faults.length >= 2);
  stop.abort();
  await work;
  expect(faults[0]).toBeInstanceOf(DueTimesError);
});
it('the next times come from a process of their own, all of them to come and in order', async () => {
  const due = await dueTimes({ cron: DAILY, timeZone: 'Asia/Shanghai' });
  expect(due.length).toBeGreaterThan(1);
  expect(due.every((at, index) => at > (due[index - 1] ?? Date.now()))).toBe(true);
  expect(new Set(due.map((at) => new Date(at).getUTCHours()))).toEqual(new Set([18]));
  await expect(dueTimes({ cron: 'every day', timeZone: 'UTC' })).rejects.toThrow(DueTimesError);
  const stopped = AbortSignal.abort();
  await expect(dueTimes({ cron: DAILY, timeZone: 'UTC' }, stopped)).rejects.toThrow('stopped');
});
it('finds fewer times where the library looks no further', () => {
  const leap = nextTimes('0 0 29 2 *', 'UTC', 16);
  expect(leap.length).toBeGreaterThanOrEqual(1);
  expect(leap.every((at) => new Date(at).getUTCDate() === 29)).toBe(true);
});
it('knows good expressions and zones', () => {
  expect([isCron('0 2 * * *'), isCron('61 * * * *'), isCron('every day'), isCron('0 0 30 2 *')]).toEqual([true, false, false, false]);
  expect([isTimeZone('Asia/Shanghai'), isTimeZone('Asia/Nowhere')]).toEqual([true, false]);
});
it('keeps a run due that was broken off', async () => {
  const one = options({ cron: DAILY });
  const stop = new AbortController();
  let isBegun = false;
  const work = runOnSchedule(
    one,
    async (signal) => {
      isBegun = true;
      await sleep(60_000, undefined, { signal });
    },
    () => undefined,
    stop.signal,
  );
  await until(() => isBegun);
  stop.abort();
  await work;
  await sleep(100);
  let runs = 0;
  const again = new AbortController();
  const second = runOnSchedule(
    one,
    async () => {
      runs += 1;
    },
    () => undefined,
    again.signal,
  );
  await until(() => runs === 1);
  again.abort();
  await second;
  expect(runs).toBe(1);
});
