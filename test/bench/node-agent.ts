/** The node role: memory between runs, and the CPU of one gathering, against a bare Node process and what each library costs. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRAM } from './measure.ts';

const SETTLE_MS = 15_000;

export async function benchNodeAgent(): Promise<void> {
  const bare = rssOf("''");
  console.log(
    `bare Node process: ${bare} MB; each library alone: ${['node:http', 'pino', 'prom-client', 'node-cron'].map((name) => `${name} +${rssOf(`import(${JSON.stringify(name)})`) - bare}`).join(', ')} MB`,
  );
  const state = mkdtempSync(join(tmpdir(), 'xunjian-bench-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const agent = spawn(
    process.execPath,
    [PROGRAM, 'agent', '--role', 'node', '--run-at-start', '--jitter-seconds', '0', '--schedule', '0 2 * * *', '--state-dir', state, '--listen', `127.0.0.1:${port}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const began = await untilRun(agent);
    const cpu = cpuMsOf(agent.pid ?? 0);
    await sleep(SETTLE_MS);
    const idle = statusMb(agent.pid ?? 0, 'VmRSS');
    const peak = statusMb(agent.pid ?? 0, 'VmHWM');
    console.log(
      `node role, emitted JavaScript: idle ${SETTLE_MS / 1_000} s after a run ${idle} MB (${(idle / bare).toFixed(2)} × bare), peak ${peak} MB; CPU from start to the kept result ${cpu.toFixed(0)} ms in ${began.toFixed(0)} ms`,
    );
    console.log(`  CPU of one gathering and judging alone: ${gatherCpu().toFixed(0)} ms`);
  } finally {
    agent.kill('SIGTERM');
    rmSync(state, { recursive: true, force: true });
  }
}

/** Waits for the log line of the first kept inspection. @returns milliseconds since the start */
async function untilRun(agent: ReturnType<typeof spawn>): Promise<number> {
  const began = performance.now();
  return await new Promise((resolve, reject) => {
    agent.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('inspection kept') && resolve(performance.now() - began));
    agent.once('exit', (code) => reject(new Error(`the agent ended with ${code}`)));
  });
}

/** CPU of gathering this host once in a warm process: the second of two runs, so that loading and compiling do not count twice. */
function gatherCpu(): number {
  const dist = join(PROGRAM, '../..');
  const script = `
    const { GATHERERS } = await import(${JSON.stringify(join(dist, 'agent/gatherers/index.js'))});
    const { CHECKS } = await import(${JSON.stringify(join(dist, 'agent/checks/index.js'))});
    const { Host } = await import(${JSON.stringify(join(dist, 'agent/host/host.js'))});
    const { inspect } = await import(${JSON.stringify(join(dist, 'agent/inspection.js'))});
    const { gatherersFor } = await import(${JSON.stringify(join(dist, 'agent/gatherers/roles.js'))});
    const host = await Host.at('/', { sampleMs: 3000, now: Date.now });
    const once = async () => { const before = process.cpuUsage(); await inspect({ gatherers: gatherersFor('node', GATHERERS), checks: CHECKS, sources: { host }, hostName: 'x', signal: AbortSignal.timeout(60000), now: () => Date.now() / 1000, clock: () => performance.now() }); const used = process.cpuUsage(before); return (used.user + used.system) / 1000; };
    await once(); console.log(await once());`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim());
}

function rssOf(expression: string): number {
  const script = `await (${expression}); await new Promise((resolve) => setTimeout(resolve, 300)); console.log(Math.round(process.memoryUsage().rss / 1048576))`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: join(import.meta.dirname, '../..') }).trim());
}
function statusMb(pid: number, key: string): number {
  return Math.round(Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}
/** User and system time in milliseconds; the kernel counts in ticks of 10 ms. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
