/** Which of a few known daemons run, by the names that the kernel keeps in `/proc/<pid>/comm`. */
import type { Host } from '../../../host/host.ts';

const MAX_PROCESSES = 20_000;

/**
 * The wanted names that run. `undefined`: cannot be told, because the processes seen here are those of a container, not of the
 * host, or a capture without processes.
 * @param wanted names as the kernel cuts them, at most 15 characters
 */
export async function runningOf(host: Host, wanted: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  const all = await allNames(host, signal);
  return all && new Set([...wanted].filter((name) => all.has(name)));
}

/** One look through `/proc` serves every gatherer of a run. */
const looked = new WeakMap<Host, Promise<ReadonlySet<string> | undefined>>();
async function allNames(host: Host, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  let names = looked.get(host);
  if (!names) {
    names = lookThrough(host, signal);
    looked.set(host, names);
    names.catch(() => looked.delete(host)); // a look that was cut short is no answer for the next
  }
  return await names;
}

async function lookThrough(host: Host, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  if (host.running && (await comm(host, '2')) !== 'kthreadd') return undefined; // only the host's own pid namespace has kernel threads
  const { names } = await host.list('/proc');
  const pids = names.filter((name) => /^\d{1,10}$/.test(name));
  if (pids.length === 0 || pids.length > MAX_PROCESSES) return undefined;
  const found = new Set<string>();
  if (host.running) {
    // The name stands between the first and the last parenthesis; it may hold parentheses itself.
    for await (const stat of host.processStats(pids, signal)) found.add(stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
  } else for (const pid of pids) found.add((await comm(host, pid)) ?? '');
  return found;
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
