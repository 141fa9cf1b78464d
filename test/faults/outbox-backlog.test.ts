/** Fault list 1, 5: a collector that is away for days, and a start with a backlog of half a gigabyte. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drain, folder, NOW, openOutbox } from '../agent/delivery/outboxes.ts';
import { payload } from '../agent/delivery/payloads.ts';

it.each([
  ['2 hours', 2],
  ['24 hours', 24],
  ['7 days', 168],
])('a collector that is away for %s loses nothing: signals first and in order, newest health next, then the rest, oldest first', async (_what, hours) => {
  let wall = NOW;
  const directory = folder();
  const outbox = await openOutbox(directory, { now: () => wall, clock: () => (wall - NOW) * 1_000, maxBytes: 256 * 1024 * 1024 });
  const signals: string[] = [];
  const health: string[] = [];
  for (let minute = 0; minute < hours * 60; minute += 1) {
    wall += 60;
    health.push(`beat-${minute}`);
    await outbox.keep('heartbeat', payload(`beat-${minute}`, 200));
    if (minute % 60 === 30) {
      signals.push(`signal-${minute}`);
      await outbox.keep('signals', payload(`signal-${minute}`, 400));
    }
    if (minute % 1_440 === 120) {
      health.push(`inspection-${minute}`);
      await outbox.keep('inspection', payload(`inspection-${minute}`, 60_000));
    }
  }
  expect(outbox.state.items).toBe(signals.length + health.length);
  const sent = await drain(outbox, 100);
  expect(sent.slice(0, signals.length)).toEqual(signals);
  expect(sent[signals.length]).toBe(health.at(-1));
  expect([...sent.slice(signals.length)].sort()).toEqual([...health].sort());
  const backlog = sent.slice(signals.length + 32);
  expect(backlog).toEqual(health.slice(0, -32));
  expect(outbox.state).toMatchObject({ items: 0, dropped: { 'queue-full': 0, 'too-old': 0, corrupt: 0 } });
});

it('starts in seconds with half a gigabyte, by memory that does not follow it, also after a crash, and streams it', { timeout: 600_000 }, async () => {
  const directory = folder();
  const outbox = await openOutbox(directory, { maxBytes: 1024 * 1024 * 1024 });
  const size = 500 * 1024 * 1024;
  for (let n = 0; outbox.state.bytes < size; n += 1) await outbox.keep('inspection', payload(n, 400_000));
  const { items } = outbox.state;
  await outbox.close();
  const measure = (act: string): { ms: number; rssMb: number; items: number } =>
    JSON.parse(execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script(directory, act)], { encoding: 'utf8' })) as {
      ms: number;
      rssMb: number;
      items: number;
    };
  const empty = JSON.parse(execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script(folder(), '')], { encoding: 'utf8' })) as { rssMb: number };
  const start = measure('');
  const stream = measure(
    'for (let n = 0; n < 100; n += 1) { const batch = await outbox.next({ items: 100, bytes: 1048576, rawBytes: 8388608 }); await outbox.acknowledge(batch); }',
  );
  console.log(`empty: ${empty.rssMb} MB; ${items} payloads in 500 MB: start ${start.ms} ms, ${start.rssMb} MB; after 100 batches ${stream.rssMb} MB`);
  expect(start.items).toBe(items);
  expect(start.ms).toBeLessThan(10_000);
  expect(start.rssMb - empty.rssMb).toBeLessThan(15);
  expect(stream.rssMb - empty.rssMb).toBeLessThan(40);
  // Without the summaries, as if every segment had been open at the crash.
  execFileSync('sh', ['-c', `rm -f ${join(directory, '*.sum')}`]);
  const scanned = measure('');
  console.log(`without summaries: start ${scanned.ms} ms, ${scanned.rssMb} MB`);
  expect(scanned.ms).toBeLessThan(10_000);
  expect(scanned.items).toBe(stream.items);
});

function script(directory: string, act: string): string {
  const source = JSON.stringify(join(import.meta.dirname, '../../agent/delivery/outbox.ts'));
  return `
    const { Outbox } = await import(${source});
    const began = performance.now();
    const outbox = await Outbox.open(${JSON.stringify(directory)}, { maxBytes: 2 ** 30, maxAgeSeconds: 1e9, boundary: 'vendor', agent: '${'ab'.repeat(16)}', boot: '${randomBytes(8).toString('hex')}', now: () => ${NOW}, clock: () => performance.now() });
    const ms = Math.round(performance.now() - began);
    ${act}
    console.log(JSON.stringify({ ms, items: outbox.state.items, rssMb: Math.round(process.memoryUsage.rss() / 1048576) }));
    await outbox.close();`;
}
