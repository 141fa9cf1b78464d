/** The key that signs a report which no collector made. */
import { dirname } from 'node:path';
import { makeFolder } from '../agent/site/private-file.ts';
import type { Signer } from '../agent/wire/signature.ts';
import { AppError } from '../collector/errors.ts';
import { signingKeyOf } from '../collector/reports/signing-key.ts';
import { ReportTrouble } from './terminal/report-words.ts';

/** @param path Ed25519 key in PEM, made when there is none; left out, nothing is signed. @throws ReportTrouble */
export async function signerOf(path: string | undefined): Promise<Signer | undefined> {
  if (path === undefined) return undefined;
  try {
    await makeFolder(dirname(path), 0o700);
    return await signingKeyOf(path);
  } catch (error) {
    if (error instanceof AppError) throw new ReportTrouble({ zh: error.message, en: error.message });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new ReportTrouble({ zh: `无法读取或创建签名密钥 ${path}（${code}）`, en: `cannot read or make the signing key ${path} (${code})` });
  }
}
