/**
 * The only reader of the machine's files. Roots are injectable, so a captured tree or a mounted host root reads like the
 * machine itself. Every read is bounded in bytes, never leaves the root through a link, and never waits on a pipe.
 */
import { readdir, readlink, stat, statfs } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UnreadableError } from '../gatherers/gatherer.ts';
import { type Bounded, openRegular, readAtOnce, readProcUpTo, readUpTo } from './bounded-read.ts';
import { resolveBelow } from './path.ts';

/** Files of `/proc`, `/sys` and `/etc` are small; more than this is not one of them. */
export const DEFAULT_MAX_BYTES = 1024 * 1024;
/** Entries of one directory that are looked at; a `/proc` of 10⁶ processes is cut here. */
export const MAX_ENTRIES = 100_000;
/** `statfs` type of procfs (linux/magic.h). */
const PROC_SUPER_MAGIC = 0x9fa0;

export interface HostOptions {
  /** Where the host's `/` is seen from this process: `/`, a mounted root, or a captured tree. */
  readonly root: string;
  /** Milliseconds between the two samples of a rate. */
  readonly sampleMs: number;
  /** Unix milliseconds, injectable. */
  readonly now: () => number;
  /** The root is this process's own machine: its sockets, commands and clock mean something. */
  readonly live: boolean;
  /** `/proc` below the root is a running kernel's (own or mounted), not files of a capture. */
  readonly running: boolean;
  /** Which paths of the host are mounted below the root, where not all of it is: a pod is given what its chart says. */
  readonly paths?: readonly string[] | undefined;
  /** Somebody who knows says that this is a Kubernetes node: the DaemonSet that runs on it. */
  readonly kubernetesNode?: boolean | undefined;
}
/** What is known of a host before it is looked at. */
export type HostFacts = Pick<HostOptions, 'sampleMs' | 'now' | 'paths' | 'kubernetesNode'>;

/** One directory listing, and whether it was cut. */
export interface Listing {
  readonly names: readonly string[];
  readonly cut: boolean;
}

export class Host {
  readonly root: string;
  readonly sampleMs: number;
  readonly now: () => number;
  readonly live: boolean;
  readonly running: boolean;
  readonly paths: readonly string[] | undefined;
  readonly kubernetesNode: boolean;

  constructor({ root, sampleMs, now, live, running, paths, kubernetesNode = false }: HostOptions) {
    this.root = root;
    this.sampleMs = sampleMs;
    this.now = now;
    this.live = live;
    this.running = running;
    this.paths = paths;
    this.kubernetesNode = kubernetesNode;
  }

  /** Looks at the root once and says what it is. */
  static async at(root: string, { sampleMs, now, paths, kubernetesNode }: HostFacts): Promise<Host> {
    const whole = resolvePath(root);
    const kind = await statfs(join(whole, 'proc')).catch(() => undefined);
    const running = kind?.type === PROC_SUPER_MAGIC;
    return new Host({ root: whole, sampleMs: running ? sampleMs : 0, now, live: whole === '/', running, paths, kubernetesNode });
  }

  /** Whether a path of the host can be seen at all; that it is missing means something only then. */
  sees(path: string): boolean {
    return this.paths === undefined || this.paths.some((mounted) => path === mounted || path.startsWith(`${mounted}/`));
  }

  /**
   * Path of a file of the machine's own network namespace. `/proc/net` is that of the reader, which in a pod is the
   * pod's; `/proc/1/net` is the host's.
   */
  async netFile(file: string): Promise<string> {
    this.#hostNet ??= this.exists('/proc/1/net/dev');
    return (await this.#hostNet) || (await this.exists(`/proc/1/net/${file}`)) ? `/proc/1/net/${file}` : `/proc/net/${file}`;
  }
  #hostNet: Promise<boolean> | undefined;

  /** Whether `/proc/sys/net`, which the kernel answers for the reader's namespace, speaks of the host here. */
  async seesHostNetwork(): Promise<boolean> {
    if (!this.running) return true;
    const [own, hosts] = await Promise.all([this.readIfThere('/proc/self/net/dev'), this.readIfThere('/proc/1/net/dev')]);
    return own === undefined || hosts === undefined || interfaceNames(own) === interfaceNames(hosts);
  }

  /**
   * The host at the second sample. A running machine is simply itself; a capture may hold the files that had moved
   * below `.later/`, and how many seconds later in `.later/seconds`.
   */
  async later(): Promise<{ host: Host; seconds?: number }> {
    if (this.running) return { host: this };
    const seconds = Number(await this.readIfThere('/.later/seconds'));
    if (!(seconds > 0)) return { host: this };
    return {
      host: new Host({ root: join(this.root, '.later'), sampleMs: 0, now: this.now, live: false, running: false, paths: this.paths, kubernetesNode: this.kubernetesNode }),
      seconds,
    };
  }

  /**
   * Text of a file, at most `maxBytes` of it.
   * @throws UnreadableError `too-large` when there is more and `cut` is not set; `malformed` when it is no regular file
   */
  async read(path: string, { maxBytes = DEFAULT_MAX_BYTES, cut = false }: { maxBytes?: number; cut?: boolean } = {}): Promise<string> {
    return (await this.readBytes(path, { maxBytes, cut })).toString('utf8');
  }

  /** Bytes of a file; see {@link read}. */
  async readBytes(path: string, { maxBytes = DEFAULT_MAX_BYTES, cut = false }: { maxBytes?: number; cut?: boolean } = {}): Promise<Buffer> {
    const { bytes, more } = await this.#readUpTo(path, maxBytes);
    if (more && !cut) throw new UnreadableError('too-large');
    return bytes;
  }

  /** A running kernel answers reads of procfs from memory: at once is a fifth of the price of four trips through the thread pool. */
  async #readUpTo(path: string, maxBytes: number): Promise<Bounded> {
    if (this.running && path.startsWith('/proc/')) return readProcUpTo(await this.resolve(path), maxBytes);
    await using file = await openRegular(await this.resolve(path));
    return await readUpTo(file, maxBytes);
  }

  /** The last `maxBytes` of a regular file, from the first whole line on; for logs. */
  async readTail(path: string, maxBytes: number): Promise<string> {
    await using file = await openRegular(await this.resolve(path));
    const { size } = await file.stat();
    const start = Math.max(0, size - maxBytes);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(size, maxBytes)), 0, Math.min(size, maxBytes), start);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  }

  /** Text of a file that may not exist: `undefined` when it does not. Other failures throw. */
  async readIfThere(path: string, options?: { maxBytes?: number; cut?: boolean }): Promise<string | undefined> {
    try {
      return await this.read(path, options);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** First of several files that exists; `undefined` when none does. */
  async readFirst(paths: readonly string[]): Promise<string | undefined> {
    for (const path of paths) {
      const text = await this.readIfThere(path);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Names in a directory, at most {@link MAX_ENTRIES}; empty when it does not exist. */
  async list(path: string): Promise<Listing> {
    try {
      const names = await readdir(await this.resolve(path));
      return { names: names.slice(0, MAX_ENTRIES), cut: names.length > MAX_ENTRIES };
    } catch (error) {
      if (isMissing(error)) return { names: [], cut: false };
      throw error;
    }
  }

  /** Whether a path exists below the root. */
  async exists(path: string): Promise<boolean> {
    return (await this.modifiedAt(path)) !== undefined;
  }

  /**
   * `/proc/<pid>/stat` of many processes, in slices between which others may run. Those that ended meanwhile are skipped.
   * On a running kernel they are read without the detour of links and threads, a tenth of its cost; procfs makes this
   * file from memory and without waiting for the process (unlike `cmdline`, which may hang with it).
   */
  async *processStats(pids: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
    const proc = await this.resolve('/proc');
    const buffer = Buffer.alloc(4_096);
    for (const [index, pid] of pids.entries()) {
      if (index % 256 === 255) {
        await nextTurn();
        signal.throwIfAborted();
      }
      const text = this.running ? readAtOnce(`${proc}/${pid}/stat`, buffer) : await this.readIfThere(`/proc/${pid}/stat`);
      if (text !== undefined) yield text;
    }
  }

  /**
   * Small files of one folder of `/proc` or `/sys` by their names; those that are missing, links or unreadable are left out. The
   * folder is looked up once, and the files, which the kernel has at hand, are read without the detour of threads.
   */
  async readSmall<const N extends string>(folder: string, names: readonly N[]): Promise<Readonly<Partial<Record<N, string>>>> {
    const base = await this.resolve(folder);
    const buffer = Buffer.alloc(4_096);
    const out: Partial<Record<N, string>> = {};
    for (const name of names) {
      const text = readAtOnce(join(base, name), buffer);
      if (text !== undefined) out[name] = text;
    }
    return out;
  }

  /**
   * A kernel parameter by its name (`vm.swappiness`); `undefined` where this kernel has none or does not let it be read.
   * There are many and each is a few bytes that the kernel has at hand, so a running one is asked without the detour of threads.
   */
  async sysctl(key: string): Promise<string | undefined> {
    const path = `/proc/sys/${key.replaceAll('.', '/')}`;
    if (this.running) return readAtOnce(await this.resolve(path), Buffer.alloc(4_096));
    return await this.readIfThere(path);
  }

  /** Modification time in Unix seconds; `undefined` when the path does not exist or may not be looked at. */
  async modifiedAt(path: string): Promise<number | undefined> {
    try {
      return Math.floor((await stat(await this.resolve(path))).mtimeMs / 1_000);
    } catch {
      return undefined;
    }
  }

  /** Size in bytes of a regular file; `undefined` when there is none. */
  async sizeOf(path: string): Promise<number | undefined> {
    try {
      const facts = await stat(await this.resolve(path));
      return facts.isFile() ? facts.size : undefined;
    } catch {
      return undefined;
    }
  }

  /** What a symbolic link says, not followed; `undefined` when it is none. */
  async linkTarget(path: string): Promise<string | undefined> {
    try {
      return await readlink(join(this.root, path));
    } catch {
      return undefined;
    }
  }

  /** The path as this process sees it; see `path.ts`. */
  async resolve(path: string): Promise<string> {
    return await resolveBelow(this.root, path, this.running);
  }
}

function interfaceNames(procNetDev: string): string {
  return (procNetDev.match(/^\s*[^\s:]+(?=:)/gm) ?? [])
    .map((name) => name.trim())
    .sort()
    .join(' ');
}

/** Whether an error says that a file or a part of its path does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
