/** The golden run: one tree → sections → findings → report in both languages, always the same bytes. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKS } from '../../agent/checks/index.ts';
import { GATHERERS } from '../../agent/gatherers/index.ts';
import { Host } from '../../agent/host/host.ts';
import { hostNameOf } from '../../agent/host/host-name.ts';
import { type Inspection, inspect } from '../../agent/inspection.ts';
import { seal } from '../../agent/wire/encode.ts';
import { KEY_BYTES, Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { findingsDocument } from '../../bin/output.ts';
import { assemble } from '../../collector/inspections/assemble.ts';
import { renderHtml } from '../../reports/renderers/html.ts';
import { withTree } from './tree.ts';

/** Unix seconds: 2026-11-22T00:00:00Z. */
export const GOLDEN_NOW = 1_795_305_600;
/** The trees hold no middleware: a new check of it is no change of theirs. */
const PLATFORM_CHECKS = CHECKS.filter(({ area }) => area !== 'middleware');
const TREES = join(import.meta.dirname, 'trees');
const CHINA_MINUTES = 480;
/** Not the program's own: a release must not change what is reviewed here. */
const VERSION = '0.0.0';

export async function goldenTrees(): Promise<readonly string[]> {
  return (await readdir(TREES)).sort();
}
/** Where the reviewed answers of a tree are. */
export function expectedFolder(tree: string): string {
  return join(import.meta.dirname, 'expected', tree);
}

/** Content by file name. */
export async function goldenRun(tree: string): Promise<Readonly<Record<string, string>>> {
  const inspection = withoutVolatile(await withTree(join(TREES, tree), inspectTree));
  const { sections, gatherers, verdicts, findings, takenAt } = inspection;
  const pseudonyms = new Pseudonyms(Buffer.alloc(KEY_BYTES, 'golden'));
  const payload = seal({ agent: { role: 'inspect', version: VERSION, epoch: 0 }, takenAt, sections, gatherers, verdicts, findings }, { pseudonyms, clearNames: new Set() });
  const model = assemble({ ...inspection, host: inspection.hostName, snapshotSha256: payload.sha256, version: VERSION, zoneMinutes: CHINA_MINUTES, checkTexts: PLATFORM_CHECKS });
  const reports = await Promise.all(LOCALES.map(async (locale) => [`report.${locale}.html`, await renderHtml(model, locale)] as const));
  return {
    'findings.json': pretty(findingsDocument(inspection)),
    'snapshot.json': pretty(JSON.parse(payload.json)),
    'model.json': pretty({ ...model, checks: [] }), // their texts are reviewed in CHECKS.md
    ...Object.fromEntries(reports),
  };
}

async function inspectTree(root: string): Promise<Inspection> {
  const host = await Host.at(root, { sampleMs: 0, now: () => GOLDEN_NOW * 1_000 });
  return await inspect({
    gatherers: GATHERERS,
    checks: PLATFORM_CHECKS,
    sources: { host },
    hostName: await hostNameOf(host),
    signal: AbortSignal.timeout(60_000),
    now: () => GOLDEN_NOW,
    clock: () => performance.now(),
  });
}

/** How long it took is all that differs between two runs on one tree. */
function withoutVolatile(inspection: Inspection): Inspection {
  return { ...inspection, durationMs: 0, gatherers: inspection.gatherers.map((report) => ({ ...report, durationMs: 0 })) };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
