import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Ledger, readLedger } from '../../../agent/delivery/ledger.ts';
import { xunjian } from '../../support/program.ts';
import { ALL, folder, openOutbox } from './outboxes.ts';
import { payload } from './payloads.ts';

const URL_OF = { url: 'https://user@collector.example.com/api?x=1', now: () => 1_795_305_600_000 };

async function filled(directory: string, count: number, fileBytes?: number): Promise<Ledger> {
  const outbox = await openOutbox(folder());
  for (let n = 0; n < count; n += 1) await outbox.keep('signals', payload(n));
  const items = await outbox.next(ALL);
  const ledger = await Ledger.open(directory, { ...URL_OF, fileBytes });
  for (const item of items) await ledger.sending([item]);
  return ledger;
}

describe('the ledger', () => {
  it('is a chain over files and restarts, and says nothing of the address but where it is', async () => {
    const state = folder();
    const directory = join(state, 'ledger');
    await filled(directory, 10, 2_000);
    await filled(directory, 10, 2_000);
    const { lines, faults } = await readLedger(directory);
    expect(faults).toEqual([]);
    expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_value, index) => index + 1));
    expect(lines[0]?.to).toBe('https://collector.example.com');
    const { code, out } = await xunjian(['ledger', 'verify', '--state-dir', state, '--lang', 'en']);
    expect([code, out]).toEqual([0, expect.stringContaining('whole  20 lines  20 payloads')]);
    expect((await xunjian(['ledger', 'show', '--state-dir', state])).out.trim().split('\n')).toHaveLength(20);
  });

  it('cuts a line off that a kill left half-written, and goes on', async () => {
    const directory = join(folder(), 'ledger');
    await filled(directory, 3);
    appendFileSync(join(directory, 'ledger.jsonl'), '{"seq":4,"at":"2026');
    await filled(directory, 2);
    const { lines, faults } = await readLedger(directory);
    expect([lines.length, faults]).toEqual([5, []]);
  });

  it.each([
    ['a digest that was changed', (rows: string[]) => rows.map((row, index) => (index === 1 ? row.replace(/"sha256":"./, '"sha256":"!') : row)), 'changed'],
    ['a line that was removed', (rows: string[]) => rows.filter((_row, index) => index !== 1), 'missing-before'],
    ['lines that changed places', (rows: string[]) => [rows[1] ?? '', rows[0] ?? '', ...rows.slice(2)], 'missing-before'],
    ['a line that is none', (rows: string[]) => [...rows.slice(0, 1), 'nothing', ...rows.slice(1)], 'not-a-line'],
  ] as const)('finds %s', async (_what, change, problem) => {
    const state = folder();
    const directory = join(state, 'ledger');
    await filled(directory, 4);
    const path = join(directory, 'ledger.jsonl');
    writeFileSync(path, `${change(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n')}\n`);
    expect((await readLedger(directory)).faults.map((fault) => fault.problem)).toContain(problem);
    expect((await xunjian(['ledger', 'verify', '--state-dir', state])).code).toBe(1);
  });

  it('keeps what a full disk did not take, and writes it down later in its place', async () => {
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload(1));
    const items = await outbox.next(ALL);
    const directory = join(folder(), 'ledger');
    const ledger = await Ledger.open(directory, URL_OF);
    const { mkdirSync, rmdirSync } = await import('node:fs');
    mkdirSync(join(directory, 'ledger.jsonl')); // nothing can be appended to a folder
    await ledger.sending(items);
    rmdirSync(join(directory, 'ledger.jsonl'));
    await ledger.sending(items);
    const { lines, faults } = await readLedger(directory);
    expect([lines.length, faults]).toEqual([2, []]);
  });
});
