import type { Host } from '../../../host/host.ts';
import { MODULES } from '../../../wire/sections/host/system-kernel.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

/** A running kernel proves that it has a feature by the file that the feature makes, built in or not. */
const EVIDENCE: readonly (readonly [path: string, module: string])[] = [
  ['/proc/sys/net/bridge', 'br_netfilter'],
  ['/proc/sys/net/netfilter/nf_conntrack_max', 'nf_conntrack'],
  ['/proc/sys/net/ipv4/vs', 'ip_vs'],
];

/** Names in `/proc/modules`. */
export function parseModules(text: string): readonly string[] {
  return text.split('\n', 5_000).flatMap((line) => /^(\w{1,100}) /.exec(line)?.[1] ?? []);
}
/** Names in `modules.builtin` (`kernel/fs/overlayfs/overlay.ko`), as `/proc/modules` would spell them. */
export function parseBuiltin(text: string): readonly string[] {
  return text.split('\n', 20_000).flatMap((line) => /([\w-]{1,100})\.ko/.exec(line)?.[1]?.replaceAll('-', '_') ?? []);
}
/** File systems that the running kernel has (`/proc/filesystems`); named like their modules. */
export function parseFileSystems(text: string): readonly string[] {
  return text.split('\n', 500).flatMap((line) => /^(?:nodev)?\t(\w{1,40})$/.exec(line)?.[1] ?? []);
}

async function builtinOf(host: Host): Promise<readonly string[] | undefined> {
  const kernel = (await host.readIfThere('/proc/sys/kernel/osrelease'))?.trim();
  if (!kernel || !/^[\w.+~-]{1,200}$/.test(kernel)) return undefined;
  const text = await host.readIfThere(`/lib/modules/${kernel}/modules.builtin`);
  return text === undefined ? undefined : parseBuiltin(text);
}

async function evidenceOf(host: Host): Promise<readonly string[]> {
  const fileSystems = parseFileSystems((await host.readIfThere('/proc/filesystems')) ?? '');
  const { names } = await host.list('/sys/module');
  const found = await Promise.all(EVIDENCE.map(async ([path, module]) => ((await host.exists(path)) ? [module] : [])));
  return [...fileSystems, ...names, ...found.flat()];
}

export const modules = hostGatherer({
  section: 'modules',
  needs: [{ mount: '/proc' }, { mount: '/sys' }, { mount: '/lib/modules', optional: true }],
  deadlineMs: 5_000,

  async gather(host) {
    const [text, builtin, evidence] = await Promise.all([host.readIfThere('/proc/modules'), builtinOf(host), evidenceOf(host)]);
    const loaded = text === undefined ? undefined : parseModules(text);
    if (loaded === undefined && evidence.length === 0) throw new UnreadableError('not-visible');
    const there = new Set([...(loaded ?? []), ...(builtin ?? []), ...evidence]);
    return { available: MODULES.filter((name) => there.has(name)), complete: loaded !== undefined && builtin !== undefined, loaded: loaded?.length ?? 0 };
  },
});
