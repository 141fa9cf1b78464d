/** A process that keeps and sends without end, and says on standard output what is on disk: to be killed at any moment. */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { Item } from '../../agent/delivery/batch.ts';
import { Outbox } from '../../agent/delivery/outbox.ts';
import type { Outcome } from '../../agent/delivery/outcome.ts';
import { Sender } from '../../agent/delivery/sender.ts';
import { Transport } from '../../agent/delivery/transport.ts';
import { payload } from '../agent/delivery/payloads.ts';

const [directory = '', url = ''] = process.argv.slice(2);
const boot = randomBytes(8).toString('hex');
const outbox = await Outbox.open(directory, {
  maxBytes: 32 * 1024 * 1024,
  maxAgeSeconds: 86_400,
  boundary: 'vendor',
  agent: 'ab'.repeat(16),
  boot,
  now: () => Date.now() / 1_000,
  clock: () => performance.now(),
});
const transport = new Transport({ url: new URL(url), deadlineMs: 5_000, version: '0.1.0' });
const carrier = {
  /** Tells how large each batch in flight is. */
  async send(items: readonly Item[], stop: AbortSignal): Promise<Outcome> {
    writeSync(1, `sending ${items.length}\n`);
    return await transport.send(items, stop);
  },
  credentialsMark: async (): Promise<string> => '',
  close: (): void => transport.close(),
};
void new Sender(outbox, carrier, { startMs: 0, random: () => 0.01, onState: () => undefined }).run(new AbortController().signal);
writeSync(1, 'open\n');
for (let n = 1; ; n += 1) {
  const id = outbox.nextId();
  const kind = (['signals', 'heartbeat', 'inspection'] as const)[n % 3] ?? 'signals';
  if ((await outbox.keep(kind, payload(n, kind === 'inspection' ? 20_000 : 100), id)) === 'disk') writeSync(1, `kept ${id.agent}.${id.boot}.${id.seq}\n`);
}
