import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { isCron, isTimeZone, runOnSchedule, type ScheduleOptions } from '../../../agent/runtime/schedule.ts';

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
  await sleep(300);
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
    await sleep(100);
    stop.abort();
    await work;
    return new Date(readFileSync(one.stateFile, 'utf8').trim()).getUTCHours();
  };
  expect(await due('Asia/Shanghai')).toBe(18);
  expect(await due('UTC')).toBe(2);
});
it('knows good expressions and zones', () => {
  expect([isCron('0 2 * * *'), isCron('61 * * * *'), isCron('every day')]).toEqual([true, false, false]);
  expect([isTimeZone('Asia/Shanghai'), isTimeZone('Asia/Nowhere')]).toEqual([true, false]);
});
it('keeps a run due that was broken off', async () => {
  const one = options({ cron: DAILY });
  const stop = new AbortController();
  const work = runOnSchedule(
    one,
    async (signal) => {
      await sleep(60_000, undefined, { signal });
    },
    () => undefined,
    stop.signal,
  );
  await sleep(200);
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
  await sleep(200);
  again.abort();
  await second;
  expect(runs).toBe(1);
});
