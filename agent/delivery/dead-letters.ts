/** Payloads that a collector refused for good, with the reason, for the platform engineer to look at. Bounded; the oldest go first. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writePrivate } from '../site/private-file.ts';
import { splitEnvelope } from '../wire/envelope.ts';
import type { RecordHead } from './record.ts';

const MOST_LETTERS = 100;
const MOST_BYTES = 16 * 1024 * 1024;
const NAME = /^(\d{12})-([0-9a-f]{16})\.(\d{1,15})-([a-z]+)-([a-z0-9-]{1,40})\.ndjson\.gz$/;

/** Closed words: what the collector or its status said. */
export interface DeadLetter {
  /** Unix seconds when it was given up. */
  readonly at: number;
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly file: string;
  readonly bytes: number;
}

export async function keepDeadLetter(directory: string, { boot, seq, kind }: RecordHead, body: Buffer, reason: string, at: number): Promise<void> {
  const word = reason.replace(/[^a-z0-9-]/g, '').slice(0, 40) || 'refused';
  await writePrivate(join(directory, `${String(Math.floor(at)).padStart(12, '0')}-${boot}.${seq}-${kind}-${word}.ndjson.gz`), body);
  let bytes = 0;
  for (const [index, letter] of (await deadLetters(directory)).entries()) {
    bytes += letter.bytes;
    if (index > 0 && (index >= MOST_LETTERS || bytes > MOST_BYTES)) await rm(join(directory, letter.file), { force: true });
  }
}

/** Newest first. */
export async function deadLetters(directory: string): Promise<readonly DeadLetter[]> {
  const names: readonly string[] = await readdir(directory).catch(() => []);
  const letters: DeadLetter[] = [];
  for (const file of [...names].sort().reverse()) {
    const [, at, boot, seq, kind, reason] = NAME.exec(file) ?? [];
    if (at === undefined || kind === undefined || reason === undefined) continue;
    letters.push({ at: Number(at), id: `${boot}.${seq}`, kind, reason, file, bytes: (await stat(join(directory, file))).size });
  }
  return letters;
}

/** The payload of one, exactly as it would have left; `undefined` when the file is damaged. */
export async function deadLetterPayload(directory: string, file: string): Promise<string | undefined> {
  if (!NAME.test(file)) return undefined;
  try {
    return splitEnvelope(
      gunzipSync(await readFile(join(directory, file)), { maxOutputLength: 256 * 1024 * 1024 })
        .toString('utf8')
        .trimEnd(),
    )?.body;
  } catch {
    return undefined;
  }
}
