import { describe, expect, it } from 'vitest';
import { perDay } from '../../../../agent/checks/middleware-rows.ts';
import { CounterMemory } from '../../../../agent/gatherers/middleware/counters.ts';
import { keepCounters, readCounters } from '../../../../agent/site/middleware-counters.ts';
import { temporary } from '../../../support/program.ts';

const DAY = 86_400;

describe('counters since a server started', () => {
  it('are held against the inspection before, over the file that keeps them', async () => {
    const directory = temporary();
    const first = new CounterMemory(await readCounters(directory));
    expect(first.grown('a', 'm', 1_000, { evicted: 50 })).toBeUndefined();
    await keepCounters(directory, first.kept, 1_000);
    const second = new CounterMemory(await readCounters(directory));
    expect(second.grown('a', 'm', 1_000 + DAY, { evicted: 57, rejected: 1 })).toEqual({ seconds: DAY, values: { evicted: 7 } });
    expect(second.grown('a', 'other', 1_000 + DAY, { evicted: 57 })).toBeUndefined();
  });

  it('tell nothing when one went back: the server was started since', () => {
    const memory = new CounterMemory({ '["a","m"]': { at: 0, values: { evicted: 50 } } });
    expect(memory.grown('a', 'm', DAY, { evicted: 3 })).toBeUndefined();
    expect(memory.kept['["a","m"]']).toEqual({ at: DAY, values: { evicted: 3 } });
  });

  it('keep what they compare with when somebody looks twice in a row', () => {
    const before = { at: 0, values: { evicted: 50 } };
    const memory = new CounterMemory({ '["a","m"]': before });
    expect(memory.grown('a', 'm', 60, { evicted: 52 })).toEqual({ seconds: 60, values: { evicted: 2 } });
    expect(memory.kept['["a","m"]']).toEqual(before);
  });

  it('are judged by the day, and by the uptime where there was no inspection before', () => {
    expect(perDay(900, 90 * DAY)).toBe(10);
    expect(perDay(9, 90 * DAY)).toBe(0);
    expect(perDay(9, 60)).toBe(9);
    expect(perDay(1_000_000, 90 * DAY, 0, DAY)).toBe(0);
    expect(perDay(1_000_000, 90 * DAY, 14, 7 * DAY)).toBe(2);
    expect(perDay(undefined, DAY)).toBeUndefined();
  });

  it('begin anew with a file that is not ours', async () => {
    expect(await readCounters(temporary())).toEqual({});
  });
});
