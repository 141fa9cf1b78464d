/** The node role: memory between runs, and the CPU of one gathering, against a bare Node process and what each library costs. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Authority } from '../support/certificates.ts';
import { CollectorPeer } from '../support/collector-peer.ts';
import { PROGRAM } from './measure.ts';

/** Of Node, in the image's entry point. */
const IMAGE_FLAGS = (JSON.parse(/^ENTRYPOINT (\[.*--no-opt.*\])$/m.exec(readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8'))?.[1] ?? '[]') as string[]).filter(
  (word) => word.startsWith('--'),
);
const SETTLE_MS = 15_000;
/** Decimal, as the kernel's figure is told by `process_resident_memory_bytes`. */
const GOAL_MB = 80;
const SITE = `checks:
  disk-space-low: { threshold: { warningPercent: 12 }, scopes: [{ match: { name: "db-*" }, threshold: { warningPercent: 5 } }] }
triggers:
  disk-space-low: { forSeconds: 300, clear: { warningPercent: 20 } }
maintenance:
  - match: { kind: Node, name: "db-*" }
    weekly: { days: [sat], from: "22:00", to: "02:00", timeZone: Asia/Shanghai }
middleware:
  instances: [{ product: redis, name: cache, addresses: ["10.0.0.5:6379"] }]
fastPath: { intervalSeconds: 10 }
`;
const DONE_WITHIN_MS = 60_000;

export async function benchNodeAgent(): Promise<void> {
  const bare = rssOf("''");
  console.log(
    `bare Node process: ${bare} MiB; each library alone: ${['node:http', 'pino', 'prom-client', 'node-cron', 'Intl.DateTimeFormat', 'axios'].map((name) => `${name} +${rssOf(name.startsWith('Intl') ? `${name}()` : `import(${JSON.stringify(name)})`) - bare}`).join(', ')} MiB`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-bench-'));
  try {
    const alone = await resident(join(folder, 'alone'), []);
    console.log(
      `node role, emitted JavaScript: idle ${SETTLE_MS / 1_000} s after a run ${alone.idle.toFixed(1)} MiB (${(alone.idle / bare).toFixed(2)} × bare), peak ${alone.peak.toFixed(1)} MiB; CPU from start to the kept result ${alone.cpuMs.toFixed(0)} ms in ${alone.wallMs.toFixed(0)} ms`,
    );
    const authority = new Authority(folder, 'bench-ca');
    await using peer = await new CollectorPeer(authority.issue('collector', 'IP:127.0.0.1')).listen();
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'token-of-the-bench\n', { mode: 0o600 });
    const sent = ['--collector', peer.url, '--token-file', tokenFile, '--ca-file', authority.caFile, '--heartbeat-seconds', '5'];
    const config = join(folder, 'site.yaml');
    writeFileSync(config, SITE);
    // As the image starts it, with a site's own settings, and as anybody does.
    const ways: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['as the image starts it', sent, IMAGE_FLAGS],
      ['the same with a site’s own settings, a look every 10 s', [...sent, '--config', config], IMAGE_FLAGS],
      ['without the image’s flags', sent, []],
    ];
    let isSmall = true;
    for (const [index, [way, options, flags]] of ways.entries()) {
      peer.accepted.clear();
      const arrived = (): boolean => [...peer.accepted.values()].some(({ header }) => header.kind === 'inspection');
      const { idle, anonymous, peak } = await resident(join(folder, `sending-${index}`), options, arrived, flags);
      const [megabytes, most] = [idle, peak].map((mebibytes) => (mebibytes * 1.048576).toFixed(1));
      console.log(
        `  ${way}, delivery over TLS, a heartbeat every 5 s (${peer.accepted.size} payloads taken): RSS ${megabytes} MB (${idle.toFixed(1)} MiB, ${anonymous.toFixed(1)} of it its own), peak ${most} MB`,
      );
      isSmall &&= Number(megabytes) <= GOAL_MB;
    }
    console.log(`  goal: at most ${GOAL_MB} MB idle: ${isSmall ? 'kept' : 'MISSED'}`);
    console.log(`  CPU of one gathering and judging alone: ${gatherCpu().toFixed(0)} ms`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Resident {
  /** MiB. */
  readonly idle: number;
  /** Of it what no other process shares: not the pages of the Node binary and libraries. */
  readonly anonymous: number;
  readonly peak: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** An agent of its own from its start to some time after its first inspection, and after `isDone`. */
async function resident(state: string, options: readonly string[], isDone: () => boolean = () => true, flags: readonly string[] = []): Promise<Resident> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const common = ['--role', 'node', '--run-at-start', '--jitter-seconds', '0', '--schedule', '0 2 * * *', '--state-dir', state, '--listen', `127.0.0.1:${port}`];
  const agent = spawn(process.execPath, [...flags, PROGRAM, 'agent', ...common, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const wallMs = await untilRun(agent);
    const cpuMs = cpuMsOf(agent.pid ?? 0);
    const until = performance.now() + DONE_WITHIN_MS;
    while (!isDone()) {
      if (performance.now() > until) throw new Error('the collector got no inspection');
      await sleep(100);
    }
    await sleep(SETTLE_MS);
    const pid = agent.pid ?? 0;
    return { idle: statusMiB(pid, 'VmRSS'), anonymous: statusMiB(pid, 'RssAnon'), peak: statusMiB(pid, 'VmHWM'), cpuMs, wallMs };
  } finally {
    agent.kill('SIGTERM');
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
function statusMiB(pid: number, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
/** User and system time in milliseconds; the kernel counts in ticks of 10 ms. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
