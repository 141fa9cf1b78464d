import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Ledger, readLedger } from '../../../agent/delivery/ledger.ts';
import { payloadId } from '../../../agent/wire/envelope.ts';
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

  it('takes nothing where the disk takes nothing, so that nothing is sent, and goes on in its place', async () => {
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload(1));
    const items = await outbox.next(ALL);
    const directory = join(folder(), 'ledger');
    const ledger = await Ledger.open(directory, URL_OF);
    mkdirSync(join(directory, 'ledger.jsonl')); // nothing can be appended to a folder
    await expect(ledger.sending(items)).rejects.toThrow('EISDIR');
    rmdirSync(join(directory, 'ledger.jsonl'));
    await ledger.sending(items);
    const { lines, faults } = await readLedger(directory);
    expect([lines.length, faults]).toEqual([1, []]);
  });

  it('is opened over a disk that takes nothing, and begins once it does', async () => {
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload(1));
    const items = await outbox.next(ALL);
    const directory = join(folder(), 'ledger');
    writeFileSync(directory, 'no folder');
    const ledger = await Ledger.open(directory, URL_OF);
    await expect(ledger.sending(items)).rejects.toThrow('EEXIST');
    rmSync(directory);
    await ledger.sending(items);
    expect((await readLedger(directory)).lines).toHaveLength(1);
  });

  it.skipIf(process.getuid?.() !== 0)('writes down what leaves of a full disk in the room that it had set aside', async () => {
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 20; n += 1) await outbox.keep('signals', payload(n));
    const items = await outbox.next(ALL);
    const directory = folder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]);
    onTestFinished(() => void execFileSync('umount', ['-l', directory]));
    const ledger = await Ledger.open(directory, URL_OF);
    expect(() => writeFileSync(join(directory, 'filler'), Buffer.alloc(2 ** 20))).toThrow('ENOSPC');
    for (const item of items) await ledger.sending([item]);
    const { lines, faults } = await readLedger(directory);
    expect([lines.length, faults]).toEqual([20, []]);
  });

  it('writes a payload that is tried again down once, and each new thing that is known of it', async () => {
    const outbox = await openOutbox(folder());
    await outbox.keep('signals', payload(1));
    const items = await outbox.next(ALL);
    const [id = ''] = items.map(({ head }) => payloadId(head));
    const directory = folder();
    const ledger = await Ledger.open(directory, URL_OF);
    for (const trouble of ['unreachable', 'unreachable', 'timeout'] as const) {
      await ledger.sending(items);
      await ledger.answered(items, { kind: 'retry', trouble });
    }
    await ledger.sending(items);
    await ledger.answered(items, { kind: 'answered', receipts: new Map([[id, { id, sha256: '', status: 'accepted' }]]) });
    expect((await readLedger(directory)).lines.map(({ what, answer }) => answer ?? what)).toEqual(['sending', 'unreachable', 'timeout', 'accepted']);
  });

  it('is bounded: the oldest files go, the checkpoint says where the chain goes on, and without it their absence is told', async () => {
    const directory = join(folder(), 'ledger');
    const outbox = await openOutbox(folder());
    for (let n = 0; n < 60; n += 1) await outbox.keep('signals', payload(n));
    const items = await outbox.next(ALL);
    const ledger = await Ledger.open(directory, { ...URL_OF, fileBytes: 2_000, files: 2 });
    for (const item of items) await ledger.sending([item]);
    const { lines, faults, removed } = await readLedger(directory);
    expect([faults, lines[0]?.seq, lines.at(-1)?.seq]).toEqual([[], removed + 1, 60]);
    expect([removed > 20, lines.length < 30]).toEqual([true, true]);
    rmSync(join(directory, 'checkpoint.json'));
    expect((await readLedger(directory)).faults).toMatchObject([{ line: 1, problem: 'missing-before' }]);
  });
});
