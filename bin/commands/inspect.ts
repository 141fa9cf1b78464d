/** `xunjian inspect`: everything once, in this process, no server. */
import { resolve } from 'node:path';
import { CHECKS } from '../../agent/checks/index.ts';
import { KEEPS } from '../../agent/checks/score.ts';
import { VERSION } from '../../agent/version.ts';
import { SEVERITIES, type Severity } from '../../agent/wire/vocabulary.ts';
import { assemble } from '../../collector/inspections/assemble.ts';
import { renderHtml } from '../../reports/renderers/html.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { findingsDocument, type Written, writeFiles } from '../output.ts';
import { previousInspection } from '../previous-inspection.ts';
import { type Finished, type InspectionOptions, runInspection } from '../run-inspection.ts';
import { INSPECTION_OPTIONS, parseKinds, parseOptions, UsageError } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';
import { summaryLines } from '../terminal/summary.ts';

const OPTIONS = { ...INSPECTION_OPTIONS, out: { type: 'string' }, json: { type: 'boolean' }, customer: { type: 'string' }, 'fail-on': { type: 'string' } } as const;

type Values = ReturnType<typeof parseOptions<typeof INSPECTION_OPTIONS>>;

/** Options that `inspect` and `preview` share. */
export function inspectionOptions(values: Values, { locale }: CommandContext): InspectionOptions {
  return {
    kubeconfig: values.kubeconfig,
    context: values.context,
    noHost: values['no-host'] ?? false,
    noCluster: values['no-cluster'] ?? false,
    hostRoot: values['host-root'] ?? '/',
    config: values.config,
    suppressions: values.suppressions,
    clearNames: parseKinds(values['clear-names'] ?? []),
    stateDir: values['state-dir'],
    quiet: values.quiet ?? false,
    locale,
  };
}

export async function inspectCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const failOn = values['fail-on'] ?? 'critical';
  if (failOn !== 'never' && !SEVERITIES.some((severity) => severity === failOn)) throw new UsageError(`--fail-on: ${failOn} ∉ {${SEVERITIES.join(', ')}, never}`);
  const finished = await runInspection(inspectionOptions(values, context), context.environment, context.complain, context.signal);
  if (!finished) {
    context.complain(MESSAGES.nothing[context.locale]);
    return ExitCode.nothingInspected;
  }
  const directory = resolve(values.out ?? 'xunjian-report');
  const written = await writeFiles(directory, await filesOf(finished, directory, values.customer, context));
  report(finished, written, values.json ?? false, context);
  if (finished.inspection.coverage.checked === 0) return ExitCode.nothingInspected;
  if (written.refused !== undefined) return ExitCode.usage;
  const limit = (SEVERITIES as readonly string[]).indexOf(failOn); // −1 for `never`
  return finished.inspection.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit) ? ExitCode.findings : ExitCode.healthy;
}

async function filesOf(
  { inspection, payload, clusterName, hostInspected }: Finished,
  directory: string,
  customer: string | undefined,
  { locale }: CommandContext,
): Promise<Record<string, string>> {
  const host = hostInspected ? inspection.hostName : undefined;
  const model = assemble({
    ...inspection,
    host,
    clusterName,
    customer,
    snapshotSha256: payload.sha256,
    version: VERSION,
    zoneMinutes: -new Date(inspection.takenAt * 1_000).getTimezoneOffset(),
    checkTexts: CHECKS.map(({ id, area, title, remedy, severity, source }) => ({ id, area, title, remedy, severity, source })),
    scoreShares: lostShares(),
    previous: await previousInspection(directory, { host, cluster: clusterName }),
  });
  return {
    'snapshot.json': payload.json,
    'findings.json': `${JSON.stringify(findingsDocument(inspection), undefined, 2)}\n`,
    'report.json': `${JSON.stringify(model)}\n`,
    'report.html': await renderHtml(model, locale),
  };
}

/** Percent of the remaining points that one failing check takes. */
function lostShares(): Record<Severity, number> {
  const lost = (severity: Severity): number => Math.round((1 - KEEPS[severity]) * 1_000) / 10;
  return { critical: lost('critical'), warning: lost('warning'), info: lost('info') };
}

function report({ inspection }: Finished, { directory, files, refused }: Written, json: boolean, { locale, print, complain, colour }: CommandContext): void {
  if (json) print(JSON.stringify(findingsDocument(inspection), undefined, 2));
  else for (const line of summaryLines(inspection, locale, colour)) print(line);
  if (refused !== undefined) complain(`${MESSAGES.cannotWrite[locale]} (${refused}). ${MESSAGES.wroteElsewhere[locale]} ${directory}`);
  if (!json) print(`\n${MESSAGES.files[locale]}: ${files.map((file) => `${directory}/${file}`).join('\n  ')}`);
}
