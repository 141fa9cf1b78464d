/**
 * Measures file systems that may hang, in a process of its own. Reads a JSON list of targets from standard input and
 * writes one JSON line when it begins with a target and one when it has the answer; the parent stops waiting.
 */
import { type FsTarget, measureTarget } from './statfs-measure.ts';

/** Below the size of the thread pool that the parent sets, so that a target that has begun really is being asked. */
const AT_ONCE = 48;

async function readTargets(): Promise<readonly FsTarget[]> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return JSON.parse(text) as readonly FsTarget[]; // written by the parent in this very shape
}

async function measureAll(targets: readonly FsTarget[]): Promise<void> {
  const queue = targets.entries();
  async function worker(): Promise<void> {
    for (const [index, target] of queue) {
      write({ index, state: 'begun' });
      const numbers = await measureTarget(target);
      write(numbers ? { index, state: 'measured', numbers } : { index, state: 'unmeasured' });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function write(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

await measureAll(await readTargets());
