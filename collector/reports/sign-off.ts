/**
 * The sign-off page of a finished report and its record. The report's document and files stay byte for byte what they were: what
 * both sides said stands beside them, names their digests, and is signed with the collector's key when it is asked for. The same
 * acts give the same bytes, on every collector.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Signer, signText } from '../../agent/wire/signature.ts';
import type { CustomersWord, PartySignature, SignOffState } from '../../reports/facts/sign-off.ts';
import type { ReportModel } from '../../reports/model.ts';
import { SIGN_OFF_PAGE, signOffModel } from '../../reports/sign-off-page.ts';
import { AppError } from '../errors.ts';
import { sha256Of } from '../store/report-store.ts';
import { kindOf } from './kinds.ts';
import { MANIFEST_NAME, SIGNATURE_NAME } from './manifest.ts';
import { type Output, RenderError, RenderProcess } from './render-process.ts';
import { MEDIA_TYPES, type Report, type ReportFile, type ReportFormat, type Signature } from './report.ts';
import { SIGN_OFF_RECORD, SIGN_OFF_SIGNATURE, writeSignOffRecord } from './sign-off-record.ts';

const PAGE_FORMATS = ['pdf', 'docx', 'html'] as const satisfies readonly ReportFormat[];
/** Pages of so many reports are kept in memory: some 500 kB each. */
const MOST_KEPT = 8;
/** Rendering takes a process of its own. */
const MOST_AT_ONCE = 2;

export interface SignedReport {
  readonly report: Report;
  readonly files: readonly ReportFile[];
  /** The document, as it was stored. */
  readonly json: string;
  /** The customer's name as it is known today. */
  readonly customer: string | undefined;
}
type SignOffFile = Pick<ReportFile, 'name' | 'mediaType'> & { readonly body: Uint8Array };

/** Names of the files of a sign-off page; the same for every report, since they belong into its folder. */
export function signOffNames(locales: Report['locales']): readonly string[] {
  return [...locales.flatMap((locale) => PAGE_FORMATS.map((format) => `${SIGN_OFF_PAGE}.${locale}.${format}`)), SIGN_OFF_RECORD, SIGN_OFF_SIGNATURE];
}

/** Whether anybody said anything about it. */
export function isSpokenFor({ signatures, confirmation, confirmUntil }: Report, now: number): boolean {
  return signatures.customer !== undefined || signatures.provider !== undefined || confirmation !== undefined || (confirmUntil !== undefined && confirmUntil <= now);
}

export class SignOffPages {
  readonly #kept = new Map<string, readonly SignOffFile[]>();
  readonly #made = new Map<string, Promise<readonly SignOffFile[]>>();
  readonly #signer: () => Promise<Signer>;
  readonly #renderer: () => RenderProcess;

  constructor(signer: () => Promise<Signer>, renderer: () => RenderProcess = () => new RenderProcess({ deadlineMs: 60_000 })) {
    this.#signer = signer;
    this.#renderer = renderer;
  }

  /** All files of the page. @throws AppError `conflict` before the report is done, `too-many` while others are made */
  async filesOf(signed: SignedReport, now: number): Promise<readonly SignOffFile[]> {
    const state = await stateOf(signed, now);
    const key = sha256Of(JSON.stringify(state));
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const running = this.#made.get(key);
    if (running) return await running;
    if (this.#made.size >= MOST_AT_ONCE) throw new AppError('too-many', 'other sign-off pages are being made: try again', { retryAfterSeconds: 5 });
    const making = this.#make(signed, state);
    this.#made.set(key, making);
    try {
      const files = await making;
      this.#kept.set(key, files);
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
      return files;
    } finally {
      this.#made.delete(key);
    }
  }

  async #make({ report, json }: SignedReport, state: SignOffState): Promise<readonly SignOffFile[]> {
    const folder = await mkdtemp(join(tmpdir(), 'xunjian-sign-off-'));
    try {
      const model = join(folder, 'model.json');
      await writeFile(model, JSON.stringify(signOffModel(JSON.parse(json) as ReportModel, state)), { mode: 0o600 }); // stored by ourselves
      const outputs = report.locales.flatMap((locale) => PAGE_FORMATS.map((format): Output => ({ format, locale, file: join(folder, `${SIGN_OFF_PAGE}.${locale}.${format}`) })));
      using renderer = this.#renderer();
      await renderer.render({ model, kind: SIGN_OFF_PAGE, outputs });
      const pages = await Promise.all(
        outputs.map(async ({ file, format }): Promise<SignOffFile> => ({ name: file.slice(folder.length + 1), mediaType: MEDIA_TYPES[format], body: await readFile(file) })),
      );
      const record = writeSignOffRecord({ schema: 1, ...state, pages: pages.map(({ name, body }) => ({ name, bytes: body.length, sha256: sha256Of(body) })) });
      const proof = signText(record, await this.#signer());
      return [
        ...pages,
        ...[[SIGN_OFF_RECORD, record] as const, [SIGN_OFF_SIGNATURE, proof] as const].map(([name, text]) => ({ name, mediaType: MEDIA_TYPES.json, body: Buffer.from(text) })),
      ];
    } catch (error) {
      if (error instanceof RenderError) throw new AppError('unavailable', 'the sign-off page could not be made', { cause: error });
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function stateOf({ report, files, json, customer }: SignedReport, now: number): Promise<SignOffState> {
  const { id, kind, state, documentSha256, finishedAt, signatures } = report;
  if (state !== 'done' || documentSha256 === undefined || finishedAt === undefined) throw new AppError('conflict', 'the report is not made yet');
  const word = wordOf(report, now);
  const provider = (JSON.parse(json) as ReportModel).contract?.provider;
  const acts = [finishedAt / 1_000, signatures.customer && signatures.customer.at / 1_000, signatures.provider && signatures.provider.at / 1_000, word?.at];
  return {
    reportId: id,
    title: (await kindOf(kind))?.title ?? { zh: kind, en: kind },
    documentSha256,
    madeAt: finishedAt / 1_000,
    statedAt: Math.max(...acts.filter((at) => at !== undefined)),
    organisations: { ...(customer !== undefined && { customer }), ...(provider !== undefined && { provider }) },
    signatures: { ...(signatures.customer && { customer: partyOf(signatures.customer) }), ...(signatures.provider && { provider: partyOf(signatures.provider) }) },
    ...(word && { word }),
    files: files.filter(({ name }) => name !== SIGNATURE_NAME && name !== MANIFEST_NAME).map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
}
function partyOf({ name, position, paperDay, at, recordedBy, documentSha256 }: Signature): PartySignature {
  return {
    ...{ name, at: at / 1_000, documentSha256 },
    ...(position !== undefined && { position }),
    ...(paperDay !== undefined && { paperDay }),
    ...(recordedBy.name !== undefined && { recordedBy: recordedBy.name }),
  };
}
function wordOf({ confirmation, confirmedAt, confirmedBy, confirmUntil }: Report, now: number): CustomersWord | undefined {
  if (confirmUntil === undefined) return undefined;
  const until = confirmUntil / 1_000;
  if (!confirmation || confirmedAt === undefined) return confirmUntil > now ? { state: 'awaited', until } : { state: 'lapsed', until, at: until };
  const { accepted, note } = confirmation;
  return {
    ...{ state: accepted ? 'confirmed' : 'objected', until, at: confirmedAt / 1_000 },
    ...(confirmedBy?.name !== undefined && { by: confirmedBy.name }),
    ...(note !== undefined && { note }),
  };
}
