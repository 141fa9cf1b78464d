/** Instances on a plain host, told from its processes, what they listen on, the unit that started them, and installations. */
import { findFolders, realPath } from '../../host/find-folders.ts';
import type { Host } from '../../host/host.ts';
import type { Evidence } from '../../wire/sections/middleware/products.ts';
import { parseStat, placeOf } from '../host/kubernetes/processes.ts';
import type { Found } from './instance.ts';
import type { Layout, ProductDefinition } from './product.ts';
import { recogniseProcess } from './recognise.ts';

const MOST_FOUND = 100;
/** Descriptors of one process that are looked at for its listening sockets. */
const MOST_DESCRIPTORS = 4_096;
const LISTEN = '0A';

export interface HostFound {
  readonly found: readonly Found[];
  /** False when processes are not visible, or their sockets are not (wants root, or CAP_SYS_PTRACE). */
  readonly complete: boolean;
}

/** A folder that a declaration names as the home of a product. */
export interface DeclaredHome {
  readonly product: string;
  readonly home: string;
}

/** Processes of pods are left to the cluster's side. @param hostName part of the identity */
export async function findOnHost(
  host: Host,
  hostName: string,
  products: readonly ProductDefinition[],
  signal: AbortSignal,
  declaredHomes: readonly DeclaredHome[] = [],
): Promise<HostFound> {
  const { names } = await host.list('/proc');
  const pids = names.filter((name) => /^\d{1,10}$/.test(name));
  const found = new Map<string, Found>();
  let complete = pids.length > 0;
  for await (const stat of host.processStats(pids, signal)) {
    const facts = parseStat(stat);
    if (!facts || found.size >= MOST_FOUND || !mayBe(facts.comm, products)) continue;
    const commandLine = await host.read(`/proc/${facts.pid}/cmdline`, { maxBytes: 64 * 1024, cut: true }).catch(() => undefined);
    const definition = recogniseProcess(facts.comm, commandLine?.replaceAll('\0', ' '), products);
    if (!definition) continue;
    const cgroup = await host.read(`/proc/${facts.pid}/cgroup`, { maxBytes: 16_384, cut: true }).catch(() => '');
    if (placeOf(cgroup) === 'pod') continue;
    const clientPort = Number(definition.signature.portArgument?.exec(commandLine?.replaceAll('\0', ' ') ?? '')?.[1]);
    const listening = await listeningPorts(host, facts.pid, definition, clientPort);
    complete &&= listening.certain;
    const home = await homeOfProcess(host, facts.pid, definition.signature.layout, commandLine);
    const told = { unit: unitOf(cgroup), home, clientPort };
    const one = foundOf(hostName, facts.pid, definition, listening, told);
    // Where sockets are not visible, two servers of one unit, or by their product's port, look alike: both are kept.
    const kept =
      found.has(one.id) && home === undefined ? foundOf(hostName, facts.pid, definition, { addresses: [], certain: listening.certain }, { ...told, unit: undefined }) : one;
    found.set(kept.id, kept);
  }
  for (const definition of products) {
    const installed = await installations(host, definition, declaredHomes);
    complete &&= installed.complete;
    for (const home of installed.homes) {
      const id = idOf(hostName, definition, home);
      if (!found.has(id) && found.size < MOST_FOUND) found.set(id, { ...ofHome(hostName, definition, home), evidence: ['layout'], members: [{ name: hostName, node: hostName }] });
    }
  }
  return { found: await asDeclared(host, [...found.values()], declaredHomes), complete };
}

/** A declared folder may be a link: the instance is the declaration's under the name that it uses. */
async function asDeclared(host: Host, found: readonly Found[], declared: readonly DeclaredHome[]): Promise<Found[]> {
  const real = await Promise.all(declared.map(async (one) => ({ ...one, real: await realPath(host, one.home).catch(() => undefined) })));
  return found.map((one) => ({ ...one, home: real.find((other) => other.product === one.product && other.real === one.home && other.real !== undefined)?.home ?? one.home }));
}

/** Installations of a product, whether it runs or not. */
async function installations(
  host: Host,
  { product, signature: { layout } }: ProductDefinition,
  declared: readonly DeclaredHome[],
): Promise<{ homes: readonly string[]; complete: boolean }> {
  if (!layout) return { homes: [], complete: true };
  const named = declared.filter((one) => one.product === product).map(({ home }) => home.replaceAll('*', ''));
  const { folders, complete } = await findFolders(host, [...layout.homes, ...named]);
  const homes: string[] = [];
  for (const folder of folders) if (await isHome(host, folder, layout)) homes.push(folder);
  return { homes, complete };
}
async function isHome(host: Host, folder: string, { markers }: Layout): Promise<boolean> {
  for (const set of markers) if ((await Promise.all(set.map((path) => host.exists(`${folder}/${path}`)))).every(Boolean)) return true;
  return false;
}
/** As the process was told. The command line may hold anything: only the folder is taken from it. */
async function homeOfProcess(host: Host, pid: string, layout: Layout | undefined, commandLine: string | undefined): Promise<string | undefined> {
  if (!layout) return undefined;
  const argumentsOf = (commandLine ?? '').split('\0');
  const named = layout.homeArguments
    .map((pattern) => argumentsOf.map((argument) => pattern.exec(argument)?.[1]).find((path) => path?.startsWith('/')))
    .find((path) => path !== undefined);
  // A script that was started where it lies: `bin/` of the installation.
  const folder = named ?? (await host.linkTarget(`/proc/${pid}/cwd`))?.replace(/\/bin$/, '');
  if (folder === undefined) return undefined;
  for (const below of ['', ...(layout.below ?? [])]) {
    const home = await realPath(host, below === '' ? folder : `${folder}/${below}`).catch(() => undefined);
    if (home !== undefined && (await isHome(host, home, layout))) return home;
  }
  return undefined;
}

/** Cheap first question: only names that a signature knows, and those whose command line tells. */
function mayBe(comm: string, products: readonly ProductDefinition[]): boolean {
  return products.some(({ signature }) => signature.processes.includes(comm) || (signature.processes.length === 0 && signature.commandLine !== undefined));
}

/** The innermost of systemd, without `.service`; a user's own manager is none of a server. */
function unitOf(cgroup: string): string | undefined {
  const unit = /^.*\/([^/\n]{1,200})\.service\b/m.exec(cgroup)?.[1];
  return unit?.startsWith('user@') ? undefined : unit;
}

interface Told {
  readonly unit: string | undefined;
  readonly home: string | undefined;
  /** NaN where the command line names none. */
  readonly clientPort: number;
}
function foundOf(hostName: string, pid: string, definition: ProductDefinition, { addresses, certain }: Listening, { unit, home, clientPort }: Told): Found {
  const { signature } = definition;
  const address =
    [clientPort, ...signature.ports].map((port) => addresses.find((one) => one.port === port)).find((one) => one !== undefined) ?? addresses.toSorted((a, b) => a.port - b.port)[0]; // the kernel lists them in no order
  const evidence: Evidence[] = [
    'process',
    ...(unit === undefined ? [] : (['unit'] as const)),
    ...(address && signature.ports.includes(address.port) ? (['port'] as const) : []),
    ...(home === undefined ? [] : (['layout'] as const)),
  ];
  // A number that the next start changes names nothing: the unit does, where it is not seen where it listens.
  const own = String(address?.port ?? unit ?? pid);
  const listening = certain ? [...new Set(addresses.map(({ port }) => port))].sort((a, b) => a - b) : undefined;
  return {
    ...ofHome(hostName, definition, home ?? `/${own}`),
    home,
    evidence,
    members: [
      {
        name: `${hostName}:${own}`,
        pid,
        node: hostName,
        address: address && { host: reachable(address.host), port: address.port },
        ...(listening && { listening }),
      },
    ],
  };
}
/** With an installation the identity is its folder: a process that ends and another that starts there are the same instance. */
function ofHome(hostName: string, definition: ProductDefinition, home: string): Omit<Found, 'evidence' | 'members'> {
  return { id: idOf(hostName, definition, home), product: definition.product, place: 'host', node: hostName, home };
}
function idOf(hostName: string, { product }: ProductDefinition, home: string): string {
  return `${hostName}/${product}${home}`;
}
/** A wildcard is asked on the loopback. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

interface Listening {
  readonly addresses: readonly ListenAddress[];
  /** Whether they are this process's for certain. */
  readonly certain: boolean;
}
interface ListenAddress {
  readonly host: string;
  readonly port: number;
}
/** Sockets of the process that listen; where its descriptors may not be read, that of its command line or the product's own, if anybody listens there. */
async function listeningPorts(host: Host, pid: string, { signature }: ProductDefinition, clientPort: number): Promise<Listening> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => host.read(`/proc/${pid}/net/${table}`, { maxBytes: 4 * 1024 * 1024, cut: true }).catch(() => '')));
  const sockets = tables.flatMap(parseListeners);
  const { names } = await host.list(`/proc/${pid}/fd`).catch(() => ({ names: [] }));
  if (names.length === 0) {
    const named = sockets.filter(({ port }) => port === clientPort);
    return { addresses: named.length > 0 ? named : sockets.filter(({ port }) => signature.ports.includes(port)), certain: false };
  }
  const own = new Set<string>();
  for (const descriptor of names.slice(0, MOST_DESCRIPTORS)) {
    const inode = /^socket:\[(\d+)\]$/.exec((await host.linkTarget(`/proc/${pid}/fd/${descriptor}`).catch(() => undefined)) ?? '')?.[1];
    if (inode !== undefined) own.add(inode);
  }
  return { addresses: sockets.filter(({ inode }) => own.has(inode)), certain: true };
}

/** Listening rows of `/proc/net/tcp` and `tcp6`; addresses are hexadecimal words in the machine's (little-endian) order. */
export function parseListeners(table: string): (ListenAddress & { readonly inode: string })[] {
  return table.split('\n').flatMap((line) => {
    const parts = line.trim().split(/\s+/);
    const [address = '', port = ''] = (parts[1] ?? '').split(':');
    if (parts[3] !== LISTEN || !/^([0-9A-F]{8}){1,4}$/.test(address)) return [];
    return [{ host: addressOf(address), port: Number.parseInt(port, 16), inode: parts[9] ?? '' }];
  });
}
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse()).map((byte) => Number.parseInt(byte, 16));
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  return Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16)).join(':');
}
