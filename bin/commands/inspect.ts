/** `xunjian inspect`: everything once, on this machine, no server. Light: what is heavy is loaded while other processes start. */
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import type { Signer } from '../../agent/wire/signature.ts';
import { SEVERITIES } from '../../agent/wire/vocabulary.ts';
import { RenderProcess } from '../../collector/reports/render-process.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { compileCache, inspectionOptions } from '../inspection-options.ts';
import { formatsOf, localesOf, requireKind } from '../report-options.ts';
import { INSPECTION_OPTIONS, notOneOf, parseOptions, UsageError } from '../terminal/arguments.ts';

const OPTIONS = {
  ...INSPECTION_OPTIONS,
  out: { type: 'string' },
  json: { type: 'boolean' },
  customer: { type: 'string' },
  'fail-on': { type: 'string' },
  report: { type: 'string' },
  format: { type: 'string' },
  parts: { type: 'string' },
  advisories: { type: 'string' },
  'sign-key': { type: 'string' },
} as const;

/** Read, or made, before an inspection that would be in vain. @throws UsageError */
async function signerOf(path: string | undefined): Promise<Signer | undefined> {
  if (path === undefined) return undefined;
  const [{ signerOf: read }, { ReportTrouble }] = await Promise.all([import('../report-signer.ts'), import('../terminal/report-words.ts')]);
  try {
    return await read(path);
  } catch (error) {
    throw error instanceof ReportTrouble ? new UsageError(error.words) : error;
  }
}

export async function inspectCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const failOn = values['fail-on'] ?? 'critical';
  if (failOn !== 'never' && !SEVERITIES.some((severity) => severity === failOn)) throw notOneOf('--fail-on', failOn, [...SEVERITIES, 'never']);
  // On a plain host the material that is handed over is TongTech's, as one file.
  const isHost = values.role === 'host';
  const formats = formatsOf(values.format, ['html']);
  const locales = localesOf(values.lang, context.locale);
  // Named in vain, it is told before anything is read; the usual one needs no look.
  const kind = values.report === undefined ? (isHost ? 'tongtech' : 's360') : await requireKind(values.report);
  // A fault in a file is told before an inspection that would be in vain.
  if (values.parts !== undefined) await (await import('../report-parts.ts')).requireFolder(values.parts);
  const signer = await signerOf(values['sign-key']);
  const options = inspectionOptions(values, context);
  const cache = await compileCache(values['state-dir'], context.environment);
  using renderer = new RenderProcess({ cacheDirectory: cache, preload: formats.includes('html') });
  // Not before the credential is read: three processes that start at once only wait for each other.
  options.credential?.finally(() => renderer.begin()).catch(() => undefined);
  if (cache !== undefined) enableCompileCache(cache);
  const { inspectAndReport } = await import('../inspect-and-report.ts');
  return await inspectAndReport(
    options,
    {
      directory: resolve(values.out ?? 'xunjian-report'),
      customer: values.customer,
      json: values.json ?? false,
      failOn,
      renderer,
      kind,
      formats,
      locales,
      parts: values.parts,
      advisories: values.advisories,
      signer,
    },
    context,
  );
}
