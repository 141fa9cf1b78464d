/**
 * `node test/bench/reports.ts`: what a report costs. s360 of a large customer in every format in one run, a small one, and
 * in the same run what headless Chromium takes to print the same HTML and LibreOffice to convert the same Word file.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.ts';

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
  readonly times: Readonly<Record<string, number>>;
}
const RUNS = 3;
const PEERS = { chromium: '/usr/bin/chromium', libreoffice: '/usr/bin/soffice' } as const;

/** Prints the costs; returns whether they are within the limits: large in 5 s and 500 MB, each format of the small one in 1 s. */
export function benchReports(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-bench-'));
  try {
    const large = best('large', folder);
    const small = best('small', folder);
    console.log(`s360, 1,000 nodes, 500 findings, all formats: ${large.wallMs} ms (cpu ${large.cpuMs} ms), ${large.peakRssMb} MB  ${JSON.stringify(large.times)}`);
    console.log(`s360, one host, all formats: ${small.wallMs} ms (cpu ${small.cpuMs} ms), ${small.peakRssMb} MB  ${JSON.stringify(small.times)}`);
    peer('Chromium prints the HTML', PEERS.chromium, large.times['pdf'], [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${folder}/chromium`,
      `--print-to-pdf=${folder}/c.pdf`,
      `file://${folder}/large.html`,
    ]);
    peer('LibreOffice converts the Word file', PEERS.libreoffice, large.times['pdf'], [
      `-env:UserInstallation=file://${folder}/office`,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      join(folder, 'office-out'),
      join(folder, 'large.docx'),
    ]);
    return large.wallMs <= 5_000 && large.peakRssMb <= 500 && Math.max(...Object.values(small.times)) <= 1_000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
/** The run of median wall time. */
function best(size: 'large' | 'small', folder: string): Cost {
  const costs = Array.from(
    { length: RUNS },
    () => JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'report-run.ts'), size, folder], { encoding: 'utf8' })) as Cost,
  ); // our own output
  const middle = median(costs.map(({ wallMs }) => wallMs));
  return costs.find(({ wallMs }) => wallMs === middle) ?? (costs[0] as Cost);
}
function peer(name: string, program: string, oursMs: number | undefined, args: readonly string[]): void {
  if (!existsSync(program)) {
    console.log(`${name}: skipped, ${program} is not here`);
    return;
  }
  const walls = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    execFileSync(program, [...args], { stdio: 'ignore', timeout: 300_000 });
    return performance.now() - began;
  });
  const wall = median(walls);
  console.log(`${name}: ${Math.round(wall)} ms; our PDF takes ${oursMs} ms, ${(wall / Math.max(1, oursMs ?? 1)).toFixed(1)} times less`);
}

if (import.meta.main) process.exitCode = benchReports() ? 0 : 1;
