/** Bundles as a site makes them, for tests: a folder that goes, a key pair, payloads of a healthy machine. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Carried } from '../../agent/bundle/carried.ts';
import { type BundleOptions, newBundleId, type WrittenBundle, writeBundle } from '../../agent/bundle/write-bundle.ts';
import type { SealedPayload } from '../../agent/wire/encode-values.ts';
import type { PayloadKind } from '../../agent/wire/envelope.ts';
import { keyIdOf, type Signer } from '../../agent/wire/signature.ts';
import { FIXTURE_NOW } from '../fixtures/healthy/index.ts';

export const ORIGIN = { kind: 'host', id: 'a'.repeat(32) } as const;

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'xunjian-bundle-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
export function signer(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, keyId: keyIdOf(privateKey) };
}
/** @param agent one hexadecimal digit */
export function carriedOf(kind: PayloadKind, payload: Pick<SealedPayload, 'json' | 'sha256'>, seq: number, agent = '1', keptAt = FIXTURE_NOW): Carried {
  return { header: { agent: agent.repeat(32), boot: 'b'.repeat(16), seq, kind, keptAt, sha256: payload.sha256 }, json: payload.json };
}
export async function bundleOf(payloads: readonly Carried[], changes: Partial<BundleOptions> = {}): Promise<WrittenBundle & { readonly paths: readonly string[] }> {
  const target = changes.folder ?? folder();
  const written = await writeBundle(each(payloads), {
    ...{ id: newBundleId(), folder: target, origin: ORIGIN, period: { to: FIXTURE_NOW + 1 }, signer: signer(), program: '0.0.0-test', now: FIXTURE_NOW },
    ...changes,
  });
  return { ...written, paths: written.files.map((file) => join(target, file)) };
}
async function* each<T>(list: readonly T[]): AsyncGenerator<T> {
  yield* list;
}
