import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Job, type JobSpec } from '../../collector/job.ts';
import { collectorLogger } from '../../collector/log.ts';
import { takeLease } from '../../collector/store/lease-store.ts';
import { onBothEngines } from '../support/databases.ts';

onBothEngines('a job', (database) => {
  const job = (holder: string, spec: Partial<JobSpec>, log: string[] = [], now: () => number = Date.now) =>
    new Job(
      { name: 'sweep', everyMs: 20, where: 'one-collector', run: async () => undefined, ...spec },
      { database: database(), logger: collectorLogger('info', { write: (line) => log.push(line) }), holder, now },
    );

  it('runs at one collector at a time, and at the other once the first has stopped', async () => {
    const ran: string[] = [];
    const one = job('one', { run: async () => void ran.push('one') });
    const two = job('two', { run: async () => void ran.push('two') });
    await one.turn();
    await two.turn();
    await one.turn();
    expect(ran).toEqual(['one', 'one']);
    await one[Symbol.asyncDispose]();
    await two.turn();
    expect(ran).toEqual(['one', 'one', 'two']);
    await two[Symbol.asyncDispose]();
  });

  it('goes to another when its holder is gone without a word, with a higher token', async () => {
    const lease = (holder: string, now: number) => takeLease(database().db, { name: 'fenced', holder, now, ttlMs: 1_000 });
    const first = await lease('dead', 1_000);
    expect(await lease('dead', 1_500)).toBe(first);
    expect(await lease('next', 2_000)).toBeUndefined();
    expect(await lease('next', 2_500)).toBe((first ?? 0) + 1);
    expect(await lease('dead', 2_600)).toBeUndefined();
  });

  it('never overlaps itself, and ends after the turn that is going on', async () => {
    let running = 0;
    let most = 0;
    let finished = 0;
    const slow = job('slow', {
      name: 'slow',
      everyMs: 5,
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(40);
        running -= 1;
        finished += 1;
      },
    });
    slow.start();
    slow.start();
    await sleep(150);
    await slow[Symbol.asyncDispose]();
    expect(most).toBe(1);
    expect(running).toBe(0);
    const before = finished;
    await sleep(60);
    expect(finished).toBe(before);
    expect(before).toBeGreaterThan(1);
  });

  it('survives a failure, says so once a turn, and quotes nothing of it', async () => {
    const log: string[] = [];
    let turns = 0;
    const failing = job(
      'f',
      {
        name: 'failing',
        run: async () => {
          turns += 1;
          throw new Error('secret value in a message');
        },
      },
      log,
    );
    await failing.turn();
    await failing.turn();
    await failing[Symbol.asyncDispose]();
    expect(turns).toBe(2);
    expect(log).toHaveLength(2);
    expect(log.join('')).toContain('job failed');
    expect(log.join('')).not.toContain('secret value');
  });
});
