import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { RESOLVER_OPTIONS } from '../../../wire/sections/host/network.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

type Resolver = Sections['resolver'];

const CONF = '/etc/resolv.conf';
/** Where systemd-resolved writes the servers that its stub asks; kubeadm points the kubelet here. */
const UPSTREAM = '/run/systemd/resolve/resolv.conf';
const MAX_BYTES = 64 * 1024;
const MAX_LINES = 1_000;
/** resolv.conf(5). */
const DEFAULTS = { ndots: 1, timeout: 5, attempts: 2 };
const LARGEST_OPTION = 1_000;

/** Counts and options of a `resolv.conf`; the last `search` or `domain` line counts, as in glibc. */
export function parseResolvConf(text: string): Omit<Resolver, 'upstreamNameservers'> {
  const servers: string[] = [];
  let search: readonly string[] = [];
  const numbers = { ...DEFAULTS };
  const options = new Set<Resolver['options'][number]>();
  for (const line of text.split('\n', MAX_LINES)) {
    const [keyword, ...words] = line.slice(0, 4_096).trim().split(/\s+/);
    if (keyword === 'nameserver' && words[0] !== undefined) servers.push(words[0]);
    if (keyword === 'search' || keyword === 'domain') search = words;
    if (keyword === 'options') for (const word of words) readOption(word, numbers, options);
  }
  return {
    nameservers: servers.length,
    duplicateNameservers: servers.length - new Set(servers).size,
    loopbackNameservers: servers.filter((server) => /^(127\.|::1(%|$)|0\.0\.0\.0$)/.test(server)).length,
    searchDomains: search.length,
    searchLength: search.join(' ').length,
    ndots: numbers.ndots,
    timeoutSeconds: numbers.timeout,
    attempts: numbers.attempts,
    options: [...options],
  };
}

function readOption(word: string, numbers: typeof DEFAULTS, options: Set<Resolver['options'][number]>): void {
  const [, key, digits] = /^(ndots|timeout|attempts):(\d{1,6})$/.exec(word) ?? [];
  if (key === 'ndots' || key === 'timeout' || key === 'attempts') numbers[key] = Math.min(Number(digits), LARGEST_OPTION);
  else options.add(RESOLVER_OPTIONS.find((known) => known === word) ?? 'other');
}

async function readConf(host: Host, path: string): Promise<string | undefined> {
  return await host.readIfThere(path, { maxBytes: MAX_BYTES, cut: true });
}

export const resolver = hostGatherer({
  section: 'resolver',
  needs: [{ mount: '/etc' }, { mount: '/run/systemd/resolve' }],
  deadlineMs: 5_000,

  async gather(host) {
    const [conf, upstream] = await Promise.all([readConf(host, CONF), readConf(host, UPSTREAM).catch(() => undefined)]);
    // Missing on a host whose /etc is there means glibc's default, a server on this machine; behind a link it is only out of sight.
    if (conf === undefined && ((await host.linkTarget(CONF)) !== undefined || !(await host.exists('/etc/os-release')))) throw new UnreadableError('not-visible');
    return { ...parseResolvConf(conf ?? ''), ...(upstream !== undefined && { upstreamNameservers: parseResolvConf(upstream).nameservers }) };
  },
});
