/** A thread that decodes bodies: a hostile one can cost this thread's time and memory, never the event loop's. */
import { parentPort, workerData } from 'node:worker_threads';
import { type BodyResult, decodeRequest, type Encoding } from './body.ts';
import type { IngestLimits } from './limits.ts';

export interface DecodeJob {
  readonly body: Uint8Array;
  readonly encoding: Encoding;
}
export type DecodeAnswer = { readonly result: BodyResult } | { readonly error: string };

const limits = workerData as IngestLimits; // its only starter gives these

parentPort?.on('message', ({ body, encoding }: DecodeJob) => {
  decodeRequest(body, encoding, limits).then(
    (result) => parentPort?.postMessage({ result } satisfies DecodeAnswer, bodiesOf(result)),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.name : 'unknown' } satisfies DecodeAnswer),
  );
});

/** Handed over instead of copied. Small buffers share one slab with others and are copied. */
function bodiesOf(result: BodyResult): ArrayBuffer[] {
  if ('fault' in result) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const decoded of result.envelopes)
    if ('body' in decoded && decoded.body.byteLength === decoded.body.buffer.byteLength && decoded.body.buffer instanceof ArrayBuffer) buffers.add(decoded.body.buffer);
  return [...buffers];
}
