/** A thread that decodes bodies: a hostile one can cost this thread's time and memory, never the event loop's. */
import { parentPort, workerData } from 'node:worker_threads';
import { type BodyResult, decodeRequest, type Encoding } from './body.ts';
import type { IngestLimits } from './limits.ts';

export interface DecodeJob {
  readonly body: Uint8Array;
  readonly encoding: Encoding;
  /** Who asks has the body as well. */
  readonly isCopy: boolean;
}
/** `isAsArrived`: an envelope's body is what was given, and stays here. */
export type DecodeAnswer = { readonly result: BodyResult; readonly isAsArrived: boolean } | { readonly error: string };

const limits = workerData as IngestLimits; // its only starter gives these

/** Bodies are answered in the order in which they came: who waits knows which one it was that took too long. */
let last = Promise.resolve();
parentPort?.on('message', (job: DecodeJob) => {
  last = last.then(async () => await answer(job));
});

const NOTHING = new Uint8Array();

async function answer({ body, encoding, isCopy }: DecodeJob): Promise<void> {
  try {
    const result = await decodeRequest(body, encoding, limits);
    const asArrived = isCopy ? withoutBody(result, body) : undefined;
    if (asArrived) parentPort?.postMessage({ result: asArrived, isAsArrived: true } satisfies DecodeAnswer);
    else parentPort?.postMessage({ result, isAsArrived: false } satisfies DecodeAnswer, bodiesOf(result));
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.name : 'unknown' } satisfies DecodeAnswer);
  }
}

/** `undefined`: it is not one envelope that is kept as it came. */
function withoutBody(result: BodyResult, body: Uint8Array): BodyResult | undefined {
  if ('fault' in result) return undefined;
  const [only, ...more] = result.envelopes;
  if (only === undefined || more.length > 0 || !('body' in only) || only.body !== body) return undefined;
  return { ...result, envelopes: [{ ...only, body: NOTHING }] };
}
/** Handed over instead of copied. Small buffers share one slab with others and are copied. */
function bodiesOf(result: BodyResult): ArrayBuffer[] {
  if ('fault' in result) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const decoded of result.envelopes)
    if ('body' in decoded && decoded.body.byteLength === decoded.body.buffer.byteLength && decoded.body.buffer instanceof ArrayBuffer) buffers.add(decoded.body.buffer);
  return [...buffers];
}
