/** The files of an inspection. Written whole or not at all; when the directory refuses, the results are kept elsewhere. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../agent/checks/index.ts';
import type { Inspection } from '../agent/inspection.ts';
import { makeFolder } from '../agent/site/private-file.ts';
import type { Text } from '../agent/wire/vocabulary.ts';

export const FINDINGS_SCHEMA = 1;

/** `findings.json`: failing verdicts in `findings`, unknown ones in `coverage`; names clear, since it stays on site. */
export function findingsDocument({ takenAt, score, coverage, findings, accepted, expired, interrupted }: Inspection): object {
  const remedies = new Map<string, { title: Text; remedy: Text }>(CHECKS.map(({ id, title, remedy }) => [id, { title, remedy }]));
  return {
    schema: FINDINGS_SCHEMA,
    takenAt: new Date(takenAt * 1_000).toISOString(),
    ...(interrupted && { interrupted }),
    score: score.total,
    areas: score.areas,
    levers: score.levers,
    coverage,
    findings: findings.map(({ check, area, severity, scope, observed, threshold, unit, askedBy }) => ({
      check,
      area,
      verdict: 'fail',
      severity,
      scope,
      observed: observed ?? null,
      threshold: threshold ?? null,
      unit,
      ...(askedBy && { askedBy }),
      title: remedies.get(check)?.title,
      remedy: remedies.get(check)?.remedy,
    })),
    accepted,
    expiredSuppressions: expired,
  };
}

export interface Written {
  /** Directory that holds the files; not the one asked for when that could not be written. */
  readonly directory: string;
  readonly files: readonly string[];
  /** The error's code when the directory that was asked for refused. */
  readonly refused?: string | undefined;
}

/** @param files content by name */
export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<Written> {
  try {
    return { directory, files: await writeAll(directory, files) };
  } catch (error) {
    const refused = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    const elsewhere = await mkdtemp(join(tmpdir(), 'xunjian-'));
    return { directory: elsewhere, files: await writeAll(elsewhere, files), refused };
  }
}

async function writeAll(directory: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  await makeFolder(directory);
  const written: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const part = join(directory, `.${name}.part`);
    try {
      await writeFile(part, content, { mode: 0o600 });
      await rename(part, join(directory, name));
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw error;
    }
    written.push(name);
  }
  return written;
}
