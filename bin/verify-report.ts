/** Whether the files of a report are those that a collector signed. Reads, and changes nothing. */
import { createHash, createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { keyIdOf } from '../agent/wire/signature.ts';
import { compareFile, type FileVerdict, MANIFEST_NAME, type ManifestFault, MOST_MANIFEST_BYTES, readManifest, SIGNATURE_NAME } from '../collector/reports/manifest.ts';
import type { ReportFile } from '../collector/reports/report.ts';
import { readSignOffRecord, SIGN_OFF_RECORD, SIGN_OFF_SIGNATURE, type SignOffFault, type SignOffRecord } from '../collector/reports/sign-off-record.ts';

export type Verification =
  | { readonly fault: ManifestFault | SignOffFolderFault | 'not-listed' }
  | {
      readonly keyId: string;
      readonly report: { readonly id: string; readonly kind: string; readonly madeAt: number };
      /** `savedAs`: a browser, or somebody, gave it another name. */
      readonly files: readonly { readonly name: string; readonly verdict: FileVerdict; readonly savedAs?: string | undefined }[];
      /** Who signed the document, if the record of it lies beside the files; its page is among them. */
      readonly signOff?: SignOffRecord | undefined;
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
  const { report, madeAt, documentSha256 } = read.manifest;
  const signOff = await signOffOf(folder, read.keyId, { documentSha256, reportId: report.id });
  if (signOff && 'fault' in signOff) return signOff;
  const pages = signOff?.pages ?? [];
  const files: readonly ListedFile[] = [...read.manifest.files, ...pages];
  const own = new Set([MANIFEST_NAME, SIGNATURE_NAME, ...(signOff ? [SIGN_OFF_RECORD, SIGN_OFF_SIGNATURE] : [])]);
  const listed = new Set([...files.map(({ name }) => name), ...own]);
  const others = (await readdir(folder)).filter((name) => !listed.has(name)).toSorted();
  const asked = isFolder ? files : files.filter(({ name }) => name === basename(path));
  const verdicts: { name: string; verdict: FileVerdict; savedAs?: string | undefined }[] = [];
  for (const file of asked) {
    const verdict = compareFile(file, await digestOf(join(folder, file.name), file));
    const found = verdict === 'missing' ? await renamed(folder, file, others) : { name: file.name, verdict };
    // Of the sign-off page people keep the formats that they need; what lies there has to be what was signed.
    if (found.verdict !== 'missing' || !pages.some(({ name }) => name === file.name)) verdicts.push(found);
  }
  if (asked.length === 0 && !isFolder && !own.has(basename(path))) {
    const found = await savedUnderAnotherName(path, files);
    if (!found) return { fault: 'not-listed' };
    verdicts.push(found);
  }
  const taken = new Set(verdicts.map(({ savedAs }) => savedAs));
  const about = { id: report.id, kind: report.kind, madeAt };
  return { keyId: read.keyId, unlisted: isFolder ? others.filter((name) => !taken.has(name)) : [], report: about, files: verdicts, ...(signOff && { signOff }) };
}

type ListedFile = Pick<ReportFile, 'name' | 'bytes' | 'sha256'>;
/** Files of a folder that are looked at for one that is not there by its name. */
const MOST_OTHERS = 200;
/** A download is called after its customer as well: its bytes say which file it is. */
async function renamed(folder: string, file: ListedFile, others: readonly string[]): Promise<{ name: string; verdict: FileVerdict; savedAs?: string }> {
  for (const savedAs of others.slice(0, MOST_OTHERS))
    if (compareFile(file, await digestOf(join(folder, savedAs), file)) === 'ok') return { name: file.name, verdict: 'ok', savedAs };
  return { name: file.name, verdict: 'missing' };
}
async function savedUnderAnotherName(path: string, files: readonly ListedFile[]): Promise<{ name: string; verdict: FileVerdict; savedAs: string } | undefined> {
  for (const file of files) if (compareFile(file, await digestOf(path, file)) === 'ok') return { name: file.name, verdict: 'ok', savedAs: basename(path) };
  return undefined;
}
/** Told apart from the manifest's: people must know which file to get again. */
type SignOffFolderFault = 'record' | 'sign-off-document' | `sign-off-${Exclude<SignOffFault, 'record'>}`;
/** The record of a folder, if there is one: of this very document, with the same key, by a signature that holds. */
async function signOffOf(
  folder: string,
  keyId: string,
  report: Pick<SignOffRecord, 'documentSha256' | 'reportId'>,
): Promise<SignOffRecord | { readonly fault: SignOffFolderFault } | undefined> {
  const [record, signature] = await Promise.all([SIGN_OFF_RECORD, SIGN_OFF_SIGNATURE].map(async (name) => await bounded(join(folder, name)).catch(missing)));
  if (!record) return undefined;
  const read = readSignOffRecord(record, signature?.toString('utf8') ?? '', keyId);
  if ('fault' in read) return { fault: read.fault === 'record' ? 'record' : `sign-off-${read.fault}` };
  return read.record.documentSha256 === report.documentSha256 && read.record.reportId === report.reportId ? read.record : { fault: 'sign-off-document' };
}
function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

/** `undefined` when there is no such plain file. A file of another size need not be read. */
async function digestOf(path: string, { bytes }: ListedFile): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> {
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
