/** The files of one report in a folder, rendered in a process of their own, with a signed manifest where there is a key. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../agent/site/private-file.ts';
import { VERSION } from '../agent/version.ts';
import type { Signer } from '../agent/wire/signature.ts';
import type { Locale } from '../agent/wire/vocabulary.ts';
import { outputsOf, signed } from '../collector/reports/make-report.ts';
import { RenderProcess } from '../collector/reports/render-process.ts';
import { MEDIA_TYPES, type ReportFormat } from '../collector/reports/report.ts';
import { sha256Of } from '../collector/store/report-store.ts';
import type { ReportModel } from '../reports/model.ts';

export interface Wanted {
  readonly kind: string;
  readonly formats: readonly ReportFormat[];
  readonly locales: readonly Locale[];
  /** Milliseconds; `to` is exclusive. */
  readonly from?: number | undefined;
  readonly to: number;
}

/**
 * @param json the model, as it is to be kept
 * @returns names of the files
 * @throws RenderError, or the system's error when the folder refuses
 */
export async function renderFiles(
  { json, model, wanted, directory }: { readonly json: string; readonly model: ReportModel; readonly wanted: Wanted; readonly directory: string },
  {
    signer,
    signal,
    onProgress,
    now,
  }: { readonly signer?: Signer | undefined; readonly signal: AbortSignal; readonly onProgress: (done: number, total: number) => void; readonly now: number },
): Promise<readonly string[]> {
  await makeFolder(directory);
  const modelFile = join(directory, `.model.${randomUUID()}.json`);
  await writeFile(modelFile, json, { mode: 0o600 });
  try {
    const outputs = outputsOf(wanted, model, directory);
    using renderer = new RenderProcess();
    await renderer.render({ model: modelFile, kind: wanted.kind, outputs }, (done) => onProgress(done, outputs.length), signal);
    const files = await Promise.all(
      outputs.map(async ({ file, format }) => {
        const body = await readFile(file);
        return { name: file.slice(directory.length + 1), mediaType: MEDIA_TYPES[format], bytes: body.length, sha256: sha256Of(body) };
      }),
    );
    const proofs = signer ? signed({ report: { id: sha256Of(json).slice(0, 32), ...wanted }, model, json, files, version: VERSION, at: now }, signer) : [];
    for (const { name, body } of proofs) {
      const part = join(directory, `.${name}.part`);
      await writeFile(part, body, { mode: 0o600 });
      await rename(part, join(directory, name));
    }
    return [...files, ...proofs].map(({ name }) => name);
  } finally {
    await rm(modelFile, { force: true });
  }
}
