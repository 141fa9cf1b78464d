/** Time sources in the configuration of the usual services: how many, and which to ask. Addresses stay in the agent. */
import type { TimeServer } from '../../../host/sntp.ts';

export interface TimeSources {
  readonly servers: number;
  readonly pools: number;
  readonly referenceClocks: number;
  /** Who can be asked, in the order of the configuration. */
  readonly askable: readonly TimeServer[];
}
/** Further files that a configuration names. */
export interface Includes {
  readonly files: readonly string[];
  /** Folder and the ending of the files in it. */
  readonly folders: readonly { readonly path: string; readonly ending: '.conf' | '.sources' }[];
}

const ADDRESS = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,252})$/;
const NTP_PORT = 123;
const MAX_LINES = 5_000;

/** Lines without comments, split in words, first word in lower case. */
function directives(text: string, comment: RegExp): string[][] {
  const out: string[][] = [];
  for (const line of text.split('\n', MAX_LINES)) {
    const words = line.slice(0, 1_000).replace(comment, '').trim().split(/\s+/);
    if (words[0] !== undefined && words[0] !== '') out.push([words[0].toLowerCase(), ...words.slice(1)]);
  }
  return out;
}

/** One line of a configuration. */
interface Source {
  readonly kind: 'server' | 'pool' | 'clock';
  /** Missing for what cannot or should not be asked: clocks, peers, this machine itself. */
  readonly askable?: TimeServer | undefined;
}
const CHRONY_KINDS: Readonly<Record<string, Source['kind']>> = { server: 'server', peer: 'server', pool: 'pool', refclock: 'clock' };
const NTP_KINDS: Readonly<Record<string, Source['kind']>> = { server: 'server', peer: 'server', pool: 'pool', servers: 'pool', refclock: 'clock' };

/** `server`, `pool`, `peer`, `refclock` of chrony.conf (comments begin with `!;#%` at the start of a line). */
export function parseChrony(text: string): TimeSources {
  return tally(
    directives(text, /^\s*[!;#%].*$/).flatMap(([directive = '', address = '', ...options]): readonly Source[] => {
      const kind = Object.hasOwn(CHRONY_KINDS, directive) ? CHRONY_KINDS[directive] : undefined;
      if (kind === undefined) return [];
      return [{ kind, askable: kind === 'clock' || directive === 'peer' ? undefined : toServer(address, portOf(options)) }];
    }),
  );
}
function portOf(options: readonly string[]): number {
  const at = options.indexOf('port');
  const port = at === -1 ? NTP_PORT : Number(options[at + 1]);
  return port > 0 && port < 65_536 && Number.isInteger(port) ? port : NTP_PORT;
}

/** `include`, `confdir`, `sourcedir` of chrony.conf; `include` may name a pattern, of which only `<folder>/*.conf` is followed. */
export function parseChronyIncludes(text: string): Includes {
  const named = directives(text, /^\s*[!;#%].*$/).flatMap(([directive, ...paths]) => paths.filter((path) => /^\/[\w./*-]{1,250}$/.test(path)).map((path) => ({ directive, path })));
  const files = named.filter(({ directive, path }) => directive === 'include' && !path.includes('*')).map(({ path }) => path);
  const folders = named.flatMap(({ directive, path }): Includes['folders'] => {
    if (directive === 'include' && path.endsWith('/*.conf')) return [{ path: path.slice(0, -'/*.conf'.length), ending: '.conf' }];
    if (directive === 'confdir') return [{ path, ending: '.conf' }];
    return directive === 'sourcedir' ? [{ path, ending: '.sources' }] : [];
  });
  return { files: files.slice(0, 20), folders: folders.slice(0, 20) };
}

/** `server`, `pool`, `peer` of ntp.conf; `127.127.t.u` is a driver of a local clock, not a host. */
export function parseNtp(text: string): TimeSources {
  return tally(
    directives(text, /#.*$/).flatMap(([directive = '', ...words]): readonly Source[] => {
      const address = words.find((word) => !word.startsWith('-')) ?? '';
      const kind = Object.hasOwn(NTP_KINDS, directive) ? NTP_KINDS[directive] : undefined;
      if (kind === undefined) return [];
      if (kind === 'clock' || address.startsWith('127.127.')) return [{ kind: 'clock' }];
      return [{ kind, askable: directive === 'peer' ? undefined : toServer(address, NTP_PORT) }];
    }),
  );
}

/** `NTP=` and `FallbackNTP=` of timesyncd.conf or `NTP=` of networkd's state; an empty value clears what came before. `undefined`: says nothing. */
export function parseTimesyncd(texts: readonly string[]): TimeSources | undefined {
  const lists: Record<'ntp' | 'fallback', string[]> = { ntp: [], fallback: [] };
  let told = false;
  for (const line of texts.flatMap((text) => text.split('\n', MAX_LINES))) {
    const match = /^\s*(NTP|FallbackNTP)\s*=\s*(.{0,2000})$/.exec(line);
    if (!match) continue;
    told = true;
    const key = match[1] === 'NTP' ? 'ntp' : 'fallback';
    const words = (match[2] ?? '')
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
    lists[key] = words.length === 0 ? [] : [...lists[key], ...words];
  }
  if (!told) return undefined;
  const used = [...new Set(lists.ntp.length > 0 ? lists.ntp : lists.fallback)];
  return tally(used.map((address) => ({ kind: 'server', askable: toServer(address, NTP_PORT) })));
}

export function addSources(all: readonly TimeSources[]): TimeSources {
  return {
    servers: sum(all.map(({ servers }) => servers)),
    pools: sum(all.map(({ pools }) => pools)),
    referenceClocks: sum(all.map(({ referenceClocks }) => referenceClocks)),
    askable: all.flatMap(({ askable }) => askable),
  };
}
function sum(numbers: readonly number[]): number {
  let out = 0;
  for (const number of numbers) out += number;
  return out;
}

function tally(sources: readonly Source[]): TimeSources {
  const count = (kind: Source['kind']): number => sources.filter((source) => source.kind === kind).length;
  return { servers: count('server'), pools: count('pool'), referenceClocks: count('clock'), askable: sources.flatMap(({ askable }) => askable ?? []) };
}

/** This machine's own answer would prove nothing. */
function toServer(address: string, port: number): TimeServer | undefined {
  return ADDRESS.test(address) && !/^(127\.|localhost$|::1$)/i.test(address) && address !== '0.0.0.0' ? { address, port } : undefined;
}
