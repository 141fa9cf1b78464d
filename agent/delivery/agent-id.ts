/** Who this agent is for a collector: a random number, made once for a state directory, that says nothing of the machine. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createPrivate, readIfThere, writePrivate } from '../site/private-file.ts';

const ID = /^[0-9a-f]{32}$/;

/** 32 hexadecimal digits. A damaged file is begun anew: the collector sees a new agent. @throws the system's error when it can neither be read nor made */
export async function agentId(stateDir: string): Promise<string> {
  const file = join(stateDir, 'agent.id');
  const known = idOf(await readIfThere(file));
  if (known) return known;
  const made = randomBytes(16).toString('hex');
  if (await createPrivate(file, `${made}\n`)) return made;
  const others = idOf(await readIfThere(file));
  if (others) return others;
  await writePrivate(file, `${made}\n`);
  return made;
}

function idOf(bytes: Buffer | undefined): string | undefined {
  const text = bytes?.toString('latin1').trim() ?? '';
  return ID.test(text) ? text : undefined;
}
