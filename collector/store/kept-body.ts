/** Bodies as the store keeps them: gzip of a payload's JSON, or of the envelope in which it arrived. */
import { gunzipSync } from 'node:zlib';
import { splitEnvelope } from '../../agent/wire/envelope.ts';

/** The payload's JSON text, byte for byte as it travelled. */
export function payloadOf(body: Uint8Array): string {
  const text = gunzipSync(body).toString('utf8');
  // A payload's member `agent` is an object, an envelope's is its id: one is never taken for the other.
  return splitEnvelope(text.trimEnd())?.body ?? text;
}
