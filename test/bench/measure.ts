/** Runs the emitted program once and tells its wall time, peak memory and CPU time, as the kernel counted them. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Measured {
  readonly wallMs: number;
  readonly peakRssMb: number;
  readonly cpuMs: number;
  readonly exitCode: number | null;
  readonly stderr: string;
}

export const PROGRAM = join(import.meta.dirname, '../../dist/bin/xunjian.js');
const REPORTER = `data:text/javascript,${encodeURIComponent("process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\n@usage '+JSON.stringify([u.maxRSS,u.userCPUTime+u.systemCPUTime])+'\\n')})")}`;

export async function measure(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', REPORTER, PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  // The last report is the program's own: children that it forks inherit the option and report before it.
  const usage = /@usage \[(\d+),(\d+)\]\s*$/.exec(stderr);
  return { wallMs: performance.now() - began, peakRssMb: Number(usage?.[1] ?? Number.NaN) / 1024, cpuMs: Number(usage?.[2] ?? Number.NaN) / 1_000, exitCode, stderr };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
