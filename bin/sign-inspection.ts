/** The signed list of what an inspection wrote, as a collector would give it with a report. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { VERSION } from '../agent/version.ts';
import type { Signer } from '../agent/wire/signature.ts';
import { signed } from '../collector/reports/make-report.ts';
import { MEDIA_TYPES, REPORT_FORMATS } from '../collector/reports/report.ts';
import { sha256Of } from '../collector/store/report-store.ts';
import type { ReportModel } from '../reports/model.ts';

const MODEL_FILE = 'report.json';

/** @param names of the files in the directory. @returns names of the two that were written beside them. @throws the system's error */
export async function signInspection(
  directory: string,
  names: readonly string[],
  { kind, signer }: { readonly kind: string; readonly signer: Signer },
): Promise<readonly string[]> {
  const json = await readFile(join(directory, MODEL_FILE), 'utf8');
  const model = JSON.parse(json) as ReportModel; // written by ourselves
  const files = await Promise.all(
    names.map(async (name) => {
      const body = await readFile(join(directory, name));
      const format = REPORT_FORMATS.find((one) => extname(name) === `.${one}`) ?? 'json';
      return { name, mediaType: MEDIA_TYPES[format], bytes: body.length, sha256: sha256Of(body) };
    }),
  );
  const report = { id: sha256Of(json).slice(0, 32), kind, to: model.period.asOf * 1_000 };
  const proofs = signed({ report, model, json, files, version: VERSION, at: Date.now() }, signer);
  for (const { name, body } of proofs) {
    const part = join(directory, `.${name}.part`);
    await writeFile(part, body, { mode: 0o600 });
    await rename(part, join(directory, name));
  }
  return proofs.map(({ name }) => name);
}
