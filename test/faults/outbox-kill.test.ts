/** Fault list 2: the agent is killed at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ALL, drain, folder, openOutbox } from '../agent/delivery/outboxes.ts';
import { CollectorPeer } from '../support/collector-peer.ts';

const WRITER = join(import.meta.dirname, 'outbox-writer.ts');
const KILLS = 100;

it(`killed at ${KILLS} random points: nothing that was kept is lost, and what comes twice was in flight`, { timeout: 600_000 }, async () => {
  await using peer = await new CollectorPeer().listen();
  peer.script = async () => {
    await sleep(Math.random() * 10);
    return false;
  };
  const directory = folder();
  const kept = new Set<string>();
  let inFlight = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const lines = await lifeOf(spawn(process.execPath, [WRITER, directory, peer.endpoint.href], { stdio: ['ignore', 'pipe', 'inherit'] }), Math.random() * 120);
    for (const line of lines) if (line.startsWith('kept ')) kept.add(line.slice(5));
    inFlight += Number(lines.findLast((line) => line.startsWith('sending '))?.slice(8) ?? 0);
  }
  const outbox = await openOutbox(directory, { now: () => Date.now() / 1_000 });
  const waiting = new Set((await outbox.next(ALL)).map(({ head }) => `${head.agent}.${head.boot}.${head.seq}`));
  for (let batch = await outbox.next(ALL); batch.length > 0; batch = await outbox.next(ALL)) {
    for (const { head } of batch) waiting.add(`${head.agent}.${head.boot}.${head.seq}`);
    await outbox.acknowledge(batch);
  }
  expect(kept.size).toBeGreaterThan(KILLS);
  expect([...kept].filter((id) => !peer.accepted.has(id) && !waiting.has(id))).toEqual([]);
  expect(peer.duplicates).toBeLessThanOrEqual(inFlight);
  expect(outbox.state.dropped).toEqual({ 'too-old': 0, 'queue-full': 0, corrupt: 0, refused: 0, 'too-large': 0 });
  expect(await drain(outbox)).toEqual([]);
  console.log(`${kept.size} kept, ${peer.accepted.size} delivered, ${peer.duplicates} duplicates of at most ${inFlight} in flight, ${waiting.size} waiting`);
});

/** Lines that it said before it was killed, so long after it had opened its outbox. */
async function lifeOf(child: ChildProcess, ms: number): Promise<string[]> {
  let out = '';
  const opened = Promise.withResolvers<void>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (out.includes('open\n')) opened.resolve();
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([opened.promise, closed]);
  await sleep(ms);
  child.kill('SIGKILL');
  await closed;
  return out.split('\n').slice(0, -1); // a last line without its end was not said
}
