/** The inspection whose report lies in the output directory: what the new one is compared with. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { at, listAt, numberAt, textAt } from '../agent/kube/read.ts';
import type { Finding } from '../agent/wire/inspection.ts';
import type { PreviousInspection } from '../collector/inspections/assemble.ts';
import { REPORT_SCHEMA } from '../reports/model.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** `undefined` when there is none, it is about another host or cluster, or it is not of this version's shape. */
export async function previousInspection(
  directory: string,
  subject: { readonly host: string | undefined; readonly cluster: string | undefined },
): Promise<PreviousInspection | undefined> {
  const file = join(directory, 'report.json');
  try {
    if ((await stat(file)).size > MAX_BYTES) return undefined;
    const model: unknown = JSON.parse(await readFile(file, 'utf8'));
    const takenAt = numberAt(model, 'period', 'asOf');
    const same = textAt(model, 'subject', 'host') === subject.host && textAt(model, 'subject', 'cluster') === subject.cluster;
    if (at(model, 'schema') !== REPORT_SCHEMA || takenAt === undefined || !same) return undefined;
    return { takenAt, score: numberAt(model, 'score', 'total') ?? null, findings: listAt(model, 'findings').filter(isFinding) };
  } catch {
    return undefined; // no earlier report, or one that cannot be read: a comparison is left out, nothing else
  }
}

function isFinding(value: unknown): value is Finding {
  return (
    textAt(value, 'check') !== undefined && textAt(value, 'severity') !== undefined && textAt(value, 'scope', 'kind') !== undefined && textAt(value, 'scope', 'name') !== undefined
  );
}
