/**
 * Captures this machine into a folder that `--host-root` reads: `node scripts/capture.ts OUT_DIR`.
 *
 * Every host gatherer runs once on a {@link Host} that writes down which paths it touched; exactly those are copied, the
 * second sample of counters below `.later/`. Sizes of file systems go to `.statfs.json`; what a version control system does
 * not keep (times, sizes of logs, modes, empty folders) goes to `.facts.json`, see `test/golden/tree.ts`.
 *
 * Left out: everything of processes but `stat` and `comm` of known daemons and what gatherers read of pid 1 and 2; command
 * lines and environments; accounts but those with uid 0, and all of `shadow`; keys, tokens, whatever holds a private key.
 * Addresses become documentation addresses (RFC 5737). A capture still tells a lot: look through it before it leaves.
 */
import { constants, readSync } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, readlink, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve as resolvePath } from 'node:path';
import { HOST_GATHERERS } from '../agent/gatherers/host/index.ts';
import { readMountTable } from '../agent/gatherers/host/storage/filesystems.ts';
import { runGatherers } from '../agent/gatherers/run.ts';
import { Host, type HostOptions } from '../agent/host/host.ts';

const SAMPLE_MS = 3_000;
const MAX_FILE_BYTES = 128 * 1024;
const MAX_ENTRIES = 200;
/** Daemons whose `stat` and `comm` are kept; the names as the kernel cuts them. */
const DAEMONS = new Set(
  (
    'systemd systemd-journal systemd-udevd systemd-logind systemd-timesyn systemd-network systemd-resolve dbus-daemon dbus-broker cron crond sshd rsyslogd chronyd ntpd auditd ' +
    'firewalld NetworkManager irqbalance agetty polkitd kubelet containerd dockerd isulad crio etcd kube-apiserver kube-controller kube-scheduler kube-proxy keepalived haproxy nginx mysqld redis-server java'
  ).split(' '),
);
/** Never copied, whoever read it. */
const PRIVATE = [/^\/etc\/g?shadow/, /\/environ$/, /^\/proc\/\d+\/cmdline$/, /\.key$/, /[-_.]key([-_.]|$)/i, /\/dev\/(?!kmsg$)/, /^\/proc\/(self|thread-self)(\/|$)/];
/** Log files count by their size only; gatherers that read one of these get its end. */
const READ_LOGS = /^\/var\/log\/(kern\.log|messages|syslog)([.-]\S+)?$/;

/** What a copy of files does not keep, by path from the root. */
interface Facts {
  modifiedAt?: string;
  bytes?: number;
  mode?: string;
  folder?: true;
}

class RecordingHost extends Host {
  /** Paths whose content or listing was asked for, and those of which only existence and time were. */
  readonly read_ = new Set<string>();
  readonly looked = new Set<string>();
  readonly #second: RecordingHost | undefined;

  constructor(options: HostOptions, second?: RecordingHost) {
    super(options);
    this.#second = second;
  }
  override async later(): Promise<{ host: Host }> {
    return { host: this.#second ?? this };
  }
  override async resolve(path: string): Promise<string> {
    this.read_.add(path);
    return await super.resolve(path);
  }
  override async modifiedAt(path: string): Promise<number | undefined> {
    this.looked.add(path);
    return await stat(path).then(
      ({ mtimeMs }) => Math.floor(mtimeMs / 1_000),
      () => undefined,
    );
  }
  override async linkTarget(path: string): Promise<string | undefined> {
    this.looked.add(path);
    return await super.linkTarget(path);
  }
  override async readSmall<const N extends string>(folder: string, names: readonly N[]): Promise<Readonly<Partial<Record<N, string>>>> {
    const had = this.read_.has(folder);
    const texts = await super.readSmall(folder, names);
    if (!had) this.read_.delete(folder); // its files were read, not its listing
    for (const name of names) this.read_.add(`${folder}/${name}`);
    return texts;
  }
}

class Tree {
  readonly facts: Record<string, Facts> = {};
  readonly #root: string;
  constructor(root: string) {
    this.#root = root;
  }

  /** Copies one path; links on the way become links of the tree. */
  async copy(path: string, lookOnly: boolean): Promise<void> {
    const real = await this.#place(path);
    const facts = real === undefined || PRIVATE.some((pattern) => pattern.test(real)) ? undefined : await stat(real).catch(() => undefined);
    if (!facts || real === undefined || !isKept(real, await commOf(real))) return;
    if (facts.isDirectory()) await this.#folder(real, lookOnly);
    else if (lookOnly && !real.startsWith('/proc/')) await this.#stub(real, facts);
    else await this.write(real, await contentOf(real));
  }

  async write(path: string, content: Buffer | string): Promise<void> {
    if (content.includes('PRIVATE KEY')) return;
    const file = join(this.#root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  async #stub(path: string, { mtimeMs, mode }: { mtimeMs: number; mode: number }): Promise<void> {
    const known = await stat(join(this.#root, path)).catch(() => undefined);
    if (!known) await this.write(path, '');
    this.facts[path] = {
      ...this.facts[path],
      modifiedAt: new Date(Math.floor(mtimeMs / 1_000) * 1_000).toISOString(),
      ...((mode & 0o002) !== 0 && { mode: (mode & 0o777).toString(8) }),
    };
  }

  /** The folder with its entries by name: files as empty stubs, those below a log folder with their sizes. */
  async #folder(path: string, lookOnly: boolean): Promise<void> {
    await mkdir(join(this.#root, path), { recursive: true });
    this.facts[path] = { ...this.facts[path], folder: true };
    if (lookOnly || /^\/proc(\/\d+)?(\/fd)?$/.test(path) || path === '/') return;
    for (const name of (await readdir(path).catch((): string[] => [])).sort().slice(0, MAX_ENTRIES)) {
      const entry = join(path, name);
      const facts = await lstat(entry).catch(() => undefined);
      if (!facts || PRIVATE.some((pattern) => pattern.test(entry))) continue;
      if (facts.isSymbolicLink()) await this.#place(entry);
      else if (facts.isDirectory()) await this.#subfolder(entry);
      else {
        await this.#stub(entry, facts);
        if (path.startsWith('/var/') && facts.size > 0) this.facts[entry] = { ...this.facts[entry], bytes: facts.size };
      }
    }
  }
  async #subfolder(path: string): Promise<void> {
    if (path.startsWith('/var/log/')) return await this.#folder(path, false);
    await mkdir(join(this.#root, path), { recursive: true });
    this.facts[path] = { folder: true };
  }

  /** The path without links, which are made in the tree; `undefined` when it leads nowhere. */
  async #place(path: string): Promise<string | undefined> {
    const rest = path.split('/').filter((part) => part !== '' && part !== '.');
    let done = '';
    for (let part = rest.shift(), links = 0; part !== undefined; part = rest.shift()) {
      if (part === '..') {
        done = dirname(done);
        continue;
      }
      const here = `${done === '/' ? '' : done}/${part}`;
      const target = /^\/proc\/(\d+|self)/.test(here) ? undefined : await readlink(here).catch(() => undefined);
      if (target === undefined) {
        done = here;
        continue;
      }
      links += 1;
      if (links > 40) return undefined;
      await mkdir(dirname(join(this.#root, here)), { recursive: true });
      await symlink(target, join(this.#root, here)).catch(() => undefined); // it is there
      if (target.startsWith('/')) done = '';
      rest.unshift(...target.split('/').filter((piece) => piece !== '' && piece !== '.'));
    }
    return done === '' ? '/' : done;
  }
}

async function commOf(path: string): Promise<string | undefined> {
  const pid = /^\/proc\/(\d+)\//.exec(path)?.[1];
  return pid === undefined ? undefined : (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}
/** Of processes: all that gatherers read of the first two, names and states of known daemons. */
function isKept(path: string, comm: string | undefined): boolean {
  if (comm === undefined || /^\/proc\/[12]\//.test(path)) return true;
  return DAEMONS.has(comm) && /\/(stat|comm|limits|oom_score_adj)$/.test(path);
}

async function contentOf(path: string): Promise<Buffer | string> {
  if (path === '/dev/kmsg') return await ringBuffer();
  if (path.startsWith('/var/log/') && !READ_LOGS.test(path)) return '';
  if (path === '/etc/group' || path === '/etc/sudoers') return ''; // only who may write them is asked
  const bytes = await readBounded(path, READ_LOGS.test(path));
  if (path === '/etc/passwd') return bytes.toString().replace(/^(?![^:\n]*:[^:\n]*:0+:).*\n/gm, '');
  if (path === '/etc/resolv.conf') return anonymousAddresses(bytes.toString()).replace(/^((?:search|domain)\s).*$/gm, '$1example.com');
  if (/\/net\/(tcp6?|udp6?|arp)$/.test(path))
    return bytes.toString().replace(/\b[0-9A-F]{8,32}(?=:[0-9A-F]{4})/g, (address) => (/^0+$/.test(address) ? address : documentationHex(address)));
  return bytes;
}
/** Equal addresses stay equal, so that connections to one destination still count together. */
const seen = new Map<string, number>();
function documentationHex(address: string): string {
  const number = seen.get(address) ?? seen.size + 1;
  seen.set(address, number);
  return `${(number % 254).toString(16).padStart(2, '0').toUpperCase()}0200C0`.padStart(address.length, '0');
}
function anonymousAddresses(text: string): string {
  let count = 0;
  return text.replace(/\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b/g, () => {
    count += 1;
    return `192.0.2.${count}`;
  });
}

async function readBounded(path: string, fromEnd: boolean): Promise<Buffer> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const facts = await file.stat();
  if (!facts.isFile()) return Buffer.alloc(0);
  const buffer = Buffer.alloc(MAX_FILE_BYTES);
  let length = 0;
  for (const at = fromEnd ? Math.max(0, facts.size - MAX_FILE_BYTES) : 0; length < buffer.length; ) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, at + length).catch(() => ({ bytesRead: 0 }));
    if (bytesRead === 0) break;
    length += bytesRead;
    if (facts.size > 0 && !path.startsWith('/proc/') && !path.startsWith('/sys/') && at + length >= facts.size) break;
  }
  return buffer.subarray(0, length);
}

async function ringBuffer(): Promise<string> {
  await using file = await open('/dev/kmsg', constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(16 * 1024);
  const records: string[] = [];
  for (;;) {
    try {
      // User space writes to the buffer as well; only the kernel's own records are kept.
      const record = buffer.toString('utf8', 0, readSync(file.fd, buffer, 0, buffer.length, null)).split('\n', 1)[0] ?? '';
      if (Number(record.split(',', 1)[0]) >> 3 === 0) records.push(record);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EPIPE') continue;
      return `${records.join('\n')}\n`;
    }
  }
}

async function fileSystemSizes(host: Host): Promise<string> {
  const { lines } = await readMountTable(host);
  const sizes: Record<string, object> = {};
  for (const { mountPoint } of lines) {
    const facts = await statfs(mountPoint).catch(() => undefined);
    if (facts) sizes[mountPoint] = { bsize: facts.bsize, blocks: facts.blocks, bfree: facts.bfree, bavail: facts.bavail, files: facts.files, ffree: facts.ffree };
  }
  return `${JSON.stringify(sizes, undefined, 1)}\n`;
}

async function capture(out: string): Promise<void> {
  if ((await readdir(out).catch(() => [])).length > 0) throw new Error(`${out} is not empty`);
  const options: HostOptions = { root: '/', sampleMs: SAMPLE_MS, now: Date.now, live: true, running: true };
  const second = new RecordingHost(options);
  const host = new RecordingHost(options, second);
  const { reports } = await runGatherers(HOST_GATHERERS, { host }, { signal: AbortSignal.timeout(120_000), concurrency: 64, clock: () => performance.now() });
  for (const { section, status, reason = '' } of reports) console.log(section, status, reason);

  const tree = new Tree(out);
  const began = performance.now();
  for (const path of [...host.read_].sort()) await tree.copy(path, false);
  for (const path of [...host.looked].sort()) await tree.copy(path, true);
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) for (const file of ['stat', 'comm']) await tree.copy(`/proc/${pid}/${file}`, false);
  await tree.write('/.statfs.json', await fileSystemSizes(host));
  await new Promise((wake) => setTimeout(wake, SAMPLE_MS));
  const later = new Tree(join(out, '.later'));
  for (const path of [...second.read_, ...second.looked].sort()) if (/^\/(proc|sys)\//.test(path)) await later.copy(path, false);
  await later.write('/seconds', `${((performance.now() - began) / 1_000).toFixed(1)}\n`);
  await tree.write('/.facts.json', `${JSON.stringify(Object.fromEntries(Object.entries(tree.facts).sort(([a], [b]) => (a < b ? -1 : 1))), undefined, 1)}\n`);
}

const [out] = process.argv.slice(2);
if (out === undefined) {
  console.error('node scripts/capture.ts OUT_DIR');
  process.exitCode = 2;
} else await capture(resolvePath(out));
