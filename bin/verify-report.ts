/** Whether the files of a report are those that a collector signed. Reads, and changes nothing. */
import { createHash, createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { keyIdOf } from '../agent/wire/signature.ts';
import { compareFile, type FileVerdict, MANIFEST_NAME, type ManifestFault, MOST_MANIFEST_BYTES, readManifest, SIGNATURE_NAME } from '../collector/reports/manifest.ts';
import type { ReportFile } from '../collector/reports/report.ts';

export type Verification =
  | { readonly fault: ManifestFault | 'not-listed' }
  | {
      readonly keyId: string;
      readonly report: { readonly id: string; readonly kind: string; readonly madeAt: number };
      readonly files: readonly { readonly name: string; readonly verdict: FileVerdict }[];
      /** Other files of a folder: nobody signed them. */
      readonly unlisted: readonly string[];
    };

/** @param path folder, or one file in it. @throws the system's error when it cannot be read */
export async function verifyReport(path: string, expectedKeyId?: string): Promise<Verification> {
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const signature = await bounded(join(folder, SIGNATURE_NAME));
  const read = readManifest(await bounded(join(folder, MANIFEST_NAME)), signature.toString('utf8'), expectedKeyId);
  if ('fault' in read) return read;
  const { report, files, madeAt } = read.manifest;
  const asked = isFolder ? files : files.filter(({ name }) => name === basename(path));
  const isOwn = !isFolder && [MANIFEST_NAME, SIGNATURE_NAME].includes(basename(path));
  if (asked.length === 0 && !isFolder && !isOwn) return { fault: 'not-listed' };
  const verdicts: { name: string; verdict: FileVerdict }[] = [];
  for (const file of asked) verdicts.push({ name: file.name, verdict: compareFile(file, await digestOf(join(folder, file.name), file)) });
  const listed = new Set([...files.map(({ name }) => name), MANIFEST_NAME, SIGNATURE_NAME]);
  const unlisted = isFolder ? (await readdir(path)).filter((name) => !listed.has(name)).toSorted() : [];
  return { keyId: read.keyId, unlisted, report: { id: report.id, kind: report.kind, madeAt }, files: verdicts };
}

/** `undefined` when there is no such plain file. A file of another size need not be read. */
async function digestOf(path: string, { bytes }: ReportFile): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts?.isFile()) return undefined;
  if (facts.size !== bytes) return { bytes: facts.size, sha256: '' };
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: facts.size, sha256: hash.digest('hex') };
}
async function bounded(path: string): Promise<Buffer> {
  const facts = await stat(path);
  if (!facts.isFile()) throw Object.assign(new Error('no regular file'), { code: 'ENOTREG' });
  const { size } = facts;
  if (size > MOST_MANIFEST_BYTES) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  return await readFile(path);
}

/** The id of a public key in a PEM file. @throws the system's error, or OpenSSL's */
export async function keyIdOfFile(path: string): Promise<string> {
  return keyIdOf(createPublicKey(await bounded(path)));
}
