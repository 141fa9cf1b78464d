/** Runs the emitted program once and tells its wall time, peak memory and CPU time, as the kernel counted them. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Measured {
  readonly wallMs: number;
  /** Of the program's own process. */
  readonly peakRssMb: number;
  /** Most that its short-lived children held at one time, added up: pages that they share with it (51 MB of the Node binary each) count in full. */
  readonly peakChildrenMb: number;
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
  let peakChildrenMb = 0;
  const sampler = setInterval(() => {
    peakChildrenMb = Math.max(peakChildrenMb, residentBelow(child.pid ?? 0));
  }, 25);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(sampler);
  // The last report is the program's own: children that it forks inherit the option and report before it.
  const usage = /@usage \[(\d+),(\d+)\]\s*$/.exec(stderr);
  return {
    wallMs: performance.now() - began,
    peakRssMb: Number(usage?.[1] ?? Number.NaN) / 1024,
    peakChildrenMb,
    cpuMs: Number(usage?.[2] ?? Number.NaN) / 1_000,
    exitCode,
    stderr,
  };
}

/** Resident MB of all processes below one. */
function residentBelow(pid: number): number {
  let sum = 0;
  for (const child of childrenOf(pid)) sum += residentOf(child) + residentBelow(child);
  return sum;
}
function childrenOf(pid: number): readonly number[] {
  return fileOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}
function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(fileOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1_024;
}
/** Empty once the process has ended. */
function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
