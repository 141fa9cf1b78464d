/**
 * From the process of an inspection to the outbox, which one process writes: the payload is a file whose name is its
 * idempotency id. Whoever dies in between, it is taken up at the next start under the same id.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivate } from '../site/private-file.ts';
import type { SealedPayload } from '../wire/encode-values.ts';
import type { PayloadId } from '../wire/envelope.ts';
import type { Outbox } from './outbox.ts';
import { BOUNDARIES, type BoundaryName } from './record.ts';

/** Plain data: it is told to the child. */
export interface Handover {
  readonly folder: string;
  readonly id: PayloadId;
  readonly boundary: BoundaryName;
}

const NAME = /^([0-9a-f]{32})\.([0-9a-f]{16})\.(\d{1,15})\.(vendor|site)\.json$/;
/** A sealed inspection is far smaller; a file that is not ours must not fill the memory. */
const MOST_BYTES = 128 * 1024 * 1024;
/** Part files of a writer that died. */
const PART = /\.part$/;

/** In the inspection's process. On disk when it returns. */
export async function handOver({ folder, id, boundary }: Handover, payload: SealedPayload): Promise<void> {
  await writePrivate(join(folder, `${id.agent}.${id.boot}.${id.seq}.${boundary}.json`), payload.json);
}

/**
 * In the agent. A file goes only once its payload is on disk in the outbox.
 * @returns how many were taken up
 */
export async function takeOver(folder: string, outbox: Outbox, boundary: BoundaryName): Promise<number> {
  let taken = 0;
  const names: readonly string[] = await readdir(folder).catch(() => []);
  for (const name of [...names].sort()) {
    const path = join(folder, name);
    const [, agent = '', boot = '', seq, sealedFor] = NAME.exec(name) ?? [];
    const isFit = seq !== undefined && (await stat(path)).size <= MOST_BYTES;
    const isForUs = BOUNDARIES.some((known) => known === sealedFor) && (sealedFor === boundary || sealedFor === 'vendor');
    if (isFit && isForUs) {
      const json = await readFile(path, 'utf8');
      // It was sealed when it was written; only a sealed payload is ever handed over.
      const payload = { json, sha256: createHash('sha256').update(json).digest('hex') } as SealedPayload;
      if ((await outbox.keep('inspection', payload, { agent, boot, seq: Number(seq) })) === 'memory') continue;
      taken += 1;
      await rm(path, { force: true });
    } else if (seq !== undefined || PART.test(name)) await rm(path, { force: true }); // clear names meant for the site's own collector, or half a file
  }
  return taken;
}
