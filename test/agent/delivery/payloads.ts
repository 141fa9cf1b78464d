import { createHash, randomBytes } from 'node:crypto';
import type { SealedPayload } from '../../../agent/wire/encode-values.ts';

/** What the outbox reads of a sealed payload. `bytes` of noise, which no compression makes smaller. */
export function payload(label: string | number, bytes = 0): SealedPayload {
  const json = JSON.stringify({ label: String(label), noise: randomBytes(Math.ceil(bytes / 2)).toString('base64') });
  return { json, sha256: createHash('sha256').update(json).digest('hex') } as SealedPayload;
}
