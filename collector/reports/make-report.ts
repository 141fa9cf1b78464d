/**
 * Makes one report: the document is assembled and stored first, then its files are rendered in a process of their own, listed in a
 * signed manifest and stored with their digests, all or none. A later attempt starts from the stored document and says the same.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signer } from '../../agent/wire/signature.ts';
import type { ReportModel } from '../../reports/model.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import {
  advanceReport,
  type ClaimedReport,
  claimReport,
  failReport,
  finishReport,
  insertFiles,
  readDocument,
  releaseReport,
  sha256Of,
  storeDocument,
} from '../store/report-store.ts';
import { isSignable } from './kinds.ts';
import { MANIFEST_NAME, SIGNATURE_NAME, writeManifest } from './manifest.ts';
import { type Output, RenderError, RenderProcess } from './render-process.ts';
import { CONFIRM_WITHIN_MS, fileName, MEDIA_TYPES, type Report, type ReportFault, type ReportFile, type ReportStage } from './report.ts';

export interface MakerOptions {
  readonly database: Database;
  /** Everything that the report says. @throws NothingToReport, AppError */
  readonly assemble: (report: Report) => Promise<ReportModel>;
  readonly signer: () => Promise<Signer>;
  /** Runs in the transaction that ends the report. */
  readonly onDone?: ((db: Db, report: Report, files: readonly ReportFile[]) => Promise<void>) | undefined;
  readonly onFault?: ((report: Report, fault: ReportFault, detail: string, isFinal: boolean) => void) | undefined;
  readonly now: () => number;
  /** This process, unlike any other. */
  readonly holder: string;
  /** Of the program. */
  readonly version: string;
  readonly renderer?: (() => RenderProcess) | undefined;
  readonly leaseMs?: number | undefined;
  readonly mostAttempts?: number | undefined;
}
/** The collector has no inspection of the subject in the period. */
export class NothingToReport extends Error {
  override readonly name = 'NothingToReport';
}

const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 3;
/** Of all files of a report; more is a fault of the document. */
const MOST_BYTES = 256 * 1024 * 1024;
const RETRY_MS = 15_000;
/** Faults that another attempt would meet again. */
const FINAL: ReadonlySet<ReportFault> = new Set(['no-data', 'not-found', 'malformed', 'too-large']);

class LostClaim extends Error {
  override readonly name = 'LostClaim';
}
const SYSTEM: Actor = { kind: 'system' };

/** Takes up the report that waits longest, if there is one. Never throws for what is wrong with it. @returns whether there was one */
export async function makeNext(options: MakerOptions, signal?: AbortSignal): Promise<boolean> {
  const { database, holder, now, leaseMs = LEASE_MS, mostAttempts = MOST_ATTEMPTS } = options;
  const claimed = await database.transaction(async (db) => await claimReport(db, database.engine, now(), { by: `${holder}#${now()}`, leaseMs }));
  if (!claimed) return false;
  const { report } = claimed;
  try {
    if (report.attempts > mostAttempts) throw new RenderError('lost', 'every attempt ended with its collector');
    await make(options, claimed, signal);
  } catch (error) {
    if (error instanceof LostClaim) return true; // whoever has it now says how it ends
    if (signal?.aborted) {
      await releaseReport(database.db, claimed, now());
      return true;
    }
    const [fault, detail] = faultOf(error);
    const isFinal = FINAL.has(fault) || report.attempts >= mostAttempts;
    await failReport(database.db, claimed, fault, now(), isFinal ? undefined : now() + RETRY_MS * report.attempts);
    options.onFault?.(report, fault, detail, isFinal);
  }
  return true;
}
function faultOf(error: unknown): readonly [ReportFault, string] {
  if (error instanceof RenderError) return [error.fault, error.detail];
  if (error instanceof NothingToReport) return ['no-data', ''];
  if (error instanceof AppError && error.code === 'not-found') return ['not-found', ''];
  return ['internal', error instanceof Error ? error.name : typeof error];
}

async function make(options: MakerOptions, claimed: ClaimedReport, signal: AbortSignal | undefined): Promise<void> {
  const { now, leaseMs = LEASE_MS, database } = options;
  let stage: ReportStage = 'assembling';
  let progress = 0;
  const lost = new AbortController();
  const say = async (): Promise<void> => {
    if (!(await advanceReport(database.db, claimed, { stage, progress, until: now() + leaseMs }))) lost.abort();
  };
  const reach = async (next: ReportStage, percent: number): Promise<void> => {
    stage = next;
    progress = percent;
    await say();
    if (lost.signal.aborted) throw new LostClaim();
  };
  const renewal = setInterval(() => void say().catch(() => undefined), leaseMs / 3);
  renewal.unref();
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-report-'));
  try {
    const json = await documentOf(options, claimed);
    await reach('rendering', 15);
    const model = JSON.parse(json) as ReportModel; // stored by ourselves
    const outputs = outputsOf(claimed.report, model, folder);
    const modelFile = join(folder, 'model.json');
    await writeFile(modelFile, json, { mode: 0o600 });
    const ends = AbortSignal.any([lost.signal, ...(signal ? [signal] : [])]);
    using renderer = options.renderer?.() ?? new RenderProcess();
    await renderer.render(
      { model: modelFile, kind: claimed.report.kind, outputs },
      (done) => {
        progress = 15 + Math.floor((75 * done) / outputs.length);
        void say().catch(() => undefined);
      },
      ends,
    );
    await reach('storing', 92);
    await store(options, claimed, { json, model, files: await filesOf(outputs, folder) });
  } catch (error) {
    if (lost.signal.aborted) throw new LostClaim();
    throw error;
  } finally {
    clearInterval(renewal);
    await rm(folder, { recursive: true, force: true });
  }
}

async function documentOf({ database, assemble }: MakerOptions, claimed: ClaimedReport): Promise<string> {
  const known = await readDocument(database.db, 'all', claimed.report.id);
  if (known !== undefined) return known;
  const json = JSON.stringify(await assemble(claimed.report));
  if (!(await storeDocument(database.db, claimed, json))) throw new LostClaim();
  return json;
}

/** JSON has no language: it is written once. */
export function outputsOf({ kind, formats, locales }: Pick<Report, 'kind' | 'formats' | 'locales'>, { period }: Pick<ReportModel, 'period'>, folder: string): readonly Output[] {
  const named = formats.flatMap((format) =>
    (format === 'json' ? locales.slice(0, 1) : locales).map((locale): Output => ({ format, locale, file: join(folder, fileName(kind, period, format, locale)) })),
  );
  return named;
}

type Content = ReportFile & { readonly body: Uint8Array };
async function filesOf(outputs: readonly Output[], folder: string): Promise<readonly Content[]> {
  const files: Content[] = [];
  let total = 0;
  for (const { file, format } of outputs) {
    const body = await readFile(file);
    total += body.length;
    if (total > MOST_BYTES) throw new RenderError('too-large', `${MOST_BYTES} bytes`);
    files.push({ name: file.slice(folder.length + 1), mediaType: MEDIA_TYPES[format], bytes: body.length, sha256: sha256Of(body), body });
  }
  return files;
}

async function store(
  { database, signer, now, version, onDone }: MakerOptions,
  claimed: ClaimedReport,
  { json, model, files }: { readonly json: string; readonly model: ReportModel; readonly files: readonly Content[] },
): Promise<void> {
  const { report } = claimed;
  const at = now();
  // Nobody is asked to confirm what is not finished.
  const confirmUntil = (await isSignable(report.kind, model)) ? at + CONFIRM_WITHIN_MS : undefined;
  const all = [...files, ...signed({ report, model, json, files, version, at }, await signer())];
  await database.transaction(async (db) => {
    if (!(await finishReport(db, claimed, at, confirmUntil))) throw new LostClaim();
    await insertFiles(db, report.id, all, at);
    await appendAudit(db, database.engine, {
      at,
      actor: SYSTEM,
      customerId: report.customerId,
      action: 'report.done',
      object: report.id,
      details: { kind: report.kind, document: sha256Of(json), files: files.length },
    });
    await onDone?.(db, { ...report, confirmUntil }, all);
  });
}

/** The manifest and its signature as files. */
export function signed(
  {
    report,
    model,
    json,
    files,
    version,
    at,
  }: {
    readonly report: Pick<Report, 'id' | 'kind' | 'from' | 'to'>;
    readonly model: Pick<ReportModel, 'period'>;
    readonly json: string;
    readonly files: readonly ReportFile[];
    readonly version: string;
    readonly at: number;
  },
  signer: Signer,
): readonly Content[] {
  const { manifest, signature } = writeManifest(
    {
      schema: 1,
      report: { id: report.id, kind: report.kind, ...(report.from !== undefined && { from: report.from }), to: report.to, asOf: model.period.asOf },
      documentSha256: sha256Of(json),
      version,
      madeAt: at,
      files: files.map(({ name, mediaType, bytes, sha256 }) => ({ name, mediaType, bytes, sha256 })),
    },
    signer,
  );
  return [
    [MANIFEST_NAME, manifest],
    [SIGNATURE_NAME, signature],
  ].map(([name = '', text = '']) => {
    const body = Buffer.from(text);
    return { name, mediaType: MEDIA_TYPES.json, bytes: body.length, sha256: sha256Of(body), body };
  });
}
