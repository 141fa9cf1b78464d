/** Runs the inspection and hands over what it found. Light: checks and what words them load while the cluster is read. */
import type { Signer } from '../agent/wire/signature.ts';
import type { Locale } from '../agent/wire/vocabulary.ts';
import type { RenderProcess } from '../collector/reports/render-process.ts';
import type { ReportFormat } from '../collector/reports/report.ts';
import type { CommandContext } from './context.ts';
import { ExitCode } from './exit-code.ts';
import type { InspectionOptions } from './inspection-options.ts';
import { runInspection } from './run-inspection.ts';
import { MESSAGES } from './terminal/messages.ts';

/** What is done with the result. */
export interface Delivery {
  readonly directory: string;
  readonly customer: string | undefined;
  /** Print JSON instead of the summary. */
  readonly json: boolean;
  /** A severity, or `never`. */
  readonly failOn: string;
  readonly renderer: RenderProcess;
  /** Kind of report, and what it is written as beside `report.json`. */
  readonly kind: string;
  readonly formats: readonly ReportFormat[];
  readonly locales: readonly Locale[];
  /** Folder with what people wrote for the report. */
  readonly parts?: string | undefined;
  /** Signs the list of what was written. */
  readonly signer?: Signer | undefined;
  /** File or folder with published defects. */
  readonly advisories?: string | undefined;
}

/** @returns the exit code that says how it ended */
export async function inspectAndReport(options: InspectionOptions, delivery: Delivery, context: CommandContext): Promise<ExitCode> {
  const finished = await runInspection(options, context.environment, context.complain, context.signal);
  if (!finished) {
    context.complain(MESSAGES.nothing[context.locale]);
    return ExitCode.nothingInspected;
  }
  const { deliver } = await import('./deliver.ts');
  return await deliver(finished, delivery, context);
}
