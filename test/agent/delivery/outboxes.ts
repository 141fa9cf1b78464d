/** Outboxes for the tests: a folder of their own, payloads by number, a clock that stands where it is put. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Outbox, type OutboxOptions } from '../../../agent/delivery/outbox.ts';
import { unpack } from '../../support/collector-peer.ts';

export const AGENT = 'ab'.repeat(16);
export const NOW = 1_795_305_600;
/** More than any test holds. */
export const ALL = { items: 1_000_000, bytes: 2 ** 40, rawBytes: 2 ** 40 };

export function folder(prefix = 'xunjian-outbox-'): string {
  const directory = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function openOutbox(directory: string, over: Partial<OutboxOptions> = {}): Promise<Outbox> {
  const outbox = await Outbox.open(directory, {
    maxBytes: 64 * 1024 * 1024,
    maxAgeSeconds: 14 * 86_400,
    boundary: 'vendor',
    agent: AGENT,
    boot: randomBytes(8).toString('hex'),
    now: () => NOW,
    clock: () => performance.now(),
    ...over,
  });
  onTestFinished(async () => await outbox.close());
  return outbox;
}

/** Labels of everything that is handed out, in order, acknowledging it. */
export async function drain(outbox: Outbox, items = 100): Promise<string[]> {
  const labels: string[] = [];
  for (;;) {
    const batch = await outbox.next({ items, bytes: 2 ** 30, rawBytes: 2 ** 30 });
    if (batch.length === 0) return labels;
    labels.push(...batch.map(labelOf));
    await outbox.acknowledge(batch);
  }
}
export function labelOf({ body }: { readonly body: Buffer }): string {
  const [taken] = unpack(body);
  return (JSON.parse(taken?.body ?? '{}') as { label: string }).label;
}
