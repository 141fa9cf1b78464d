/** Writes the files of an inspection, prints what a person wants to see, and says how it ended. */
import { join } from 'node:path';
import { KEEPS } from '../agent/checks/score.ts';
import { VERSION } from '../agent/version.ts';
import { SEVERITIES, type Severity } from '../agent/wire/vocabulary.ts';
import { assemble } from '../collector/inspections/assemble.ts';
import { inUseIn } from '../collector/inspections/knowledge.ts';
import { RenderError } from '../collector/reports/render-process.ts';
import type { CommandContext } from './context.ts';
import { ExitCode } from './exit-code.ts';
import type { Delivery } from './inspect-and-report.ts';
import { findingsDocument, type Written, writeFiles } from './output.ts';
import { previousInspection } from './previous-inspection.ts';
import { KNOWLEDGE } from './report-knowledge.ts';
import type { Finished } from './run-inspection.ts';
import { MESSAGES } from './terminal/messages.ts';
import { summaryLines } from './terminal/summary.ts';

const MODEL_FILE = 'report.json';

/** Writes the files, has the report rendered, tells the user; the exit code is what the inspection found. */
export async function deliver(finished: Finished, delivery: Delivery, context: CommandContext): Promise<ExitCode> {
  const written = await writeFiles(delivery.directory, await filesOf(finished, delivery, context));
  const files = await rendered(written.directory, delivery);
  if (!files) context.complain(MESSAGES.notRendered[context.locale]);
  const all = [...written.files, ...(files ?? [])];
  const proofs =
    files && delivery.signer ? await (await import('./sign-inspection.ts')).signInspection(written.directory, all, { kind: delivery.kind, signer: delivery.signer }) : [];
  report(finished, { ...written, files: [...all, ...proofs] }, delivery, context);
  if (finished.inspection.coverage.checked === 0) return ExitCode.nothingInspected;
  if (written.refused !== undefined || !files) return ExitCode.usage;
  const limit = (SEVERITIES as readonly string[]).indexOf(delivery.failOn); // −1 for `never`
  if (finished.inspection.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit)) return ExitCode.findings;
  return finished.inspection.interrupted ? ExitCode.nothingInspected : ExitCode.healthy; // a part that is healthy is no healthy whole
}

/** `report.html`; with several languages `report.zh.html`. @returns their names, or `undefined` when the rendering failed */
async function rendered(directory: string, { renderer, kind, formats, locales }: Delivery): Promise<readonly string[] | undefined> {
  const wanted = formats.filter((format) => format !== 'json'); // that is the model, which is there
  const outputs = wanted.flatMap((format) =>
    locales.map((locale) => ({ format, locale, file: join(directory, locales.length > 1 ? `report.${locale}.${format}` : `report.${format}`) })),
  );
  try {
    await renderer.render({ model: join(directory, MODEL_FILE), kind, outputs });
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    return undefined; // the data is kept all the same
  }
  return outputs.map(({ file }) => file.slice(directory.length + 1));
}

async function filesOf(
  { inspection, payload, pack, clusterName, hostInspected }: Finished,
  { directory, customer, parts, advisories, kind }: Delivery,
  context: CommandContext,
): Promise<Record<string, string>> {
  const host = hostInspected ? inspection.hostName : undefined;
  const measured = assemble({
    ...inspection,
    host,
    clusterName,
    customer,
    snapshotSha256: payload.sha256,
    version: VERSION,
    rules: pack === undefined ? undefined : `${VERSION}+${pack}`,
    zoneMinutes: -new Date(inspection.takenAt * 1_000).getTimezoneOffset(),
    checkTexts: KNOWLEDGE.checks,
    scoreShares: lostShares(),
    releases: KNOWLEDGE.lifecycles(inUseIn([inspection.sections]), inspection.takenAt),
    systemLife: KNOWLEDGE.systemLife,
    previous: await previousInspection(directory, { host, cluster: clusterName }),
  });
  const supplied = parts === undefined ? measured : await (await import('./report-parts.ts')).withParts(measured, parts, kind, context);
  const model = advisories === undefined ? supplied : await (await import('./report-advisories.ts')).withAdvisories(supplied, advisories);
  return {
    'snapshot.json': payload.json,
    'findings.json': `${JSON.stringify(findingsDocument(inspection), undefined, 2)}\n`,
    [MODEL_FILE]: `${JSON.stringify(model)}\n`,
  };
}

/** Percent of the remaining points that one failing check takes. */
function lostShares(): Record<Severity, number> {
  const lost = (severity: Severity): number => Math.round((1 - KEEPS[severity]) * 1_000) / 10;
  return { critical: lost('critical'), warning: lost('warning'), info: lost('info') };
}

function report({ inspection }: Finished, { directory, files, refused }: Written, { json, directory: asked }: Delivery, { locale, print, complain, colour }: CommandContext): void {
  if (json) print(JSON.stringify(findingsDocument(inspection), undefined, 2));
  else for (const line of summaryLines(inspection, locale, colour)) print(line);
  if (refused !== undefined) complain(`${MESSAGES.cannotWrite[locale]} ${asked} (${refused})${locale === 'zh' ? '。' : '. '}${MESSAGES.wroteElsewhere[locale]} ${directory}`);
  if (!json) print(`\n${MESSAGES.files[locale]}: ${files.map((file) => `${directory}/${file}`).join('\n  ')}`);
}
