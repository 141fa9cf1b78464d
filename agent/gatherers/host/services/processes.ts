/** Which of a few known daemons run, by the names that the kernel keeps in `/proc/<pid>/comm`. */
import type { Host } from '../../../host/host.ts';

const MAX_PROCESSES = 20_000;
const AT_ONCE = 32;

/**
 * The wanted names that run. `undefined`: cannot be told, because the processes seen here are those of a container, not of the
 * host, or a capture without processes.
 * @param wanted names as the kernel cuts them, at most 15 characters
 */
export async function runningOf(host: Host, wanted: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  if (host.running && (await comm(host, '2')) !== 'kthreadd') return undefined; // only the host's own pid namespace has kernel threads
  const { names } = await host.list('/proc');
  const pids = names.filter((name) => /^\d{1,10}$/.test(name));
  if (pids.length === 0) return undefined;
  const found = new Set<string>();
  for (let at = 0; at < Math.min(pids.length, MAX_PROCESSES) && !signal.aborted && found.size < wanted.size; at += AT_ONCE) {
    for (const name of await Promise.all(pids.slice(at, at + AT_ONCE).map((pid) => comm(host, pid)))) {
      if (name !== undefined && wanted.has(name)) found.add(name);
    }
  }
  return pids.length > MAX_PROCESSES || signal.aborted ? undefined : found;
}

async function comm(host: Host, pid: string): Promise<string | undefined> {
  const text = await host.read(`/proc/${pid}/comm`, { maxBytes: 64, cut: true }).catch(() => undefined); // ended meanwhile
  return text?.trim();
}

/** Names of units that some target or socket wants, i.e. that are enabled; from the links that `systemctl enable` makes. */
export async function enabledUnits(host: Host): Promise<ReadonlySet<string>> {
  const out = new Set<string>();
  const { names } = await host.list('/etc/systemd/system');
  for (const folder of names.filter((name) => /^[\w@:.-]{1,200}\.(wants|requires)$/.test(name)).slice(0, 200)) {
    const { names: units } = await host.list(`/etc/systemd/system/${folder}`).catch(() => ({ names: [] }));
    for (const unit of units.slice(0, 2_000)) out.add(unit);
  }
  return out;
}
