import type { Host } from '../../../host/host.ts';
import { type Entry, type WalkEnd, walk } from '../../../host/walk.ts';
import { LOG_CATEGORIES, type LogCategory } from '../../../wire/sections/host/services-logs.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { crashes } from './crashes.ts';
import { forwardsRemotely, parseJournald, parseRetentionDays } from './log-settings.ts';
import { enabledUnits } from './processes.ts';

const WALK = { depth: 6, entries: 50_000 } as const;
const WALK_MS = 10_000;
const MAX_CONFIG_BYTES = 256 * 1024;

export const logs = hostGatherer({
  section: 'logs',
  needs: [
    { mount: '/etc' },
    { mount: '/var/log' },
    { mount: '/var/lib' },
    { mount: '/var/crash' },
    { mount: '/var/spool/abrt' },
    { mount: '/usr' },
    { mount: '/run' },
    { mount: '/sys' },
  ],
  deadlineMs: 40_000,

  async gather(host, signal) {
    if (!(await host.exists('/var/log'))) throw new UnreadableError('not-visible'); // an empty log folder is a fact, a missing one is not
    const sizes = await logSizes(host, signal);
    const runtime = await containerLogBytes(host, signal);
    return {
      ...sizes,
      complete: sizes.complete && runtime.complete,
      runtimeLogBytes: runtime.bytes,
      ...(await journald(host, sizes.bytesByCategory.journal)),
      ...(await syslog(host)),
      ...(await crashes(host, signal)),
    };
  },
});

/** Which kind of log a path below `/var/log` is. */
export function categoryOf(path: string): LogCategory {
  const [top = '', second = ''] = path.split('/');
  if (top === 'journal') return 'journal';
  if (top === 'pods' || top === 'containers') return 'containers';
  if (top === 'kubernetes' || top === 'kube-apiserver' || top === 'kube-audit' || (top === 'audit' && /^kube/.test(second)) || /^kube/.test(top)) return 'kubernetes';
  if (top === 'audit') return 'audit';
  if (
    /^(messages|syslog|kern\.log|secure|auth\.log|maillog|mail|cron|daemon\.log|user\.log|debug|boot\.log|dmesg|wtmp|btmp|lastlog|faillog|sa|sysstat|tuned|chrony|rsyslog|firewalld|cloud-init)/.test(
      top,
    )
  )
    return 'system';
  if (/^(apt|dpkg\.log|yum\.log|dnf|hawkey|zypp|unattended-upgrades|anaconda|installer|dist-upgrade)/.test(top)) return 'packages';
  return /^(nginx|httpd|apache2|haproxy|keepalived|mysql|mariadb|postgresql|redis|mongodb|elasticsearch|rabbitmq|kafka|zookeeper|tomcat|tongweb|ceph|glusterfs|etcd|containerd|docker|calico|cilium)/.test(
    top,
  )
    ? 'middleware'
    : 'other';
}

async function logSizes(host: Host, signal: AbortSignal) {
  const byCategory = Object.fromEntries(LOG_CATEGORIES.map((category) => [category, 0])) as Record<LogCategory, number>;
  let [logBytes, largestFileBytes] = [0, 0];
  const complete = await eachFile(walk(host, '/var/log', WALK, AbortSignal.any([signal, AbortSignal.timeout(WALK_MS)])), ({ path, bytes }) => {
    logBytes += bytes;
    byCategory[categoryOf(path)] += bytes;
    if (!path.startsWith('journal/')) largestFileBytes = Math.max(largestFileBytes, bytes);
  });
  const largestCategory = logBytes === 0 ? undefined : LOG_CATEGORIES.toSorted((a, b) => byCategory[b] - byCategory[a])[0];
  return { logBytes, largestFileBytes, bytesByCategory: byCategory, largestCategory, complete };
}

/** @returns whether the walk saw everything */
async function eachFile(entries: AsyncGenerator<Entry, WalkEnd>, use: (file: Entry) => void): Promise<boolean> {
  let next = await entries.next();
  for (; !next.done; next = await entries.next()) if (next.value.kind === 'file') use(next.value);
  return next.value.complete;
}

/** Docker keeps container logs beside the containers; containerd writes them below `/var/log/pods`. */
async function containerLogBytes(host: Host, signal: AbortSignal): Promise<{ bytes: number | undefined; complete: boolean }> {
  const folder = '/var/lib/docker/containers';
  if (!(await host.exists(folder))) return { bytes: undefined, complete: true };
  let bytes = 0;
  const complete = await eachFile(
    walk(host, folder, { depth: 2, entries: 20_000, enter: ({ depth }: Entry) => depth < 2 }, AbortSignal.any([signal, AbortSignal.timeout(WALK_MS)])),
    (file) => {
      if (file.path.includes('-json.log')) bytes += file.bytes;
    },
  );
  return { bytes, complete };
}

async function journald(host: Host, persistentBytes: number) {
  // On a running machine the folder tells that systemd is the init; a capture may have left /run out.
  if (!(await host.exists('/run/systemd/system')) && (host.running || !(await host.exists('/etc/systemd/journald.conf')))) return {};
  const main = (await host.readIfThere('/etc/systemd/journald.conf', { maxBytes: MAX_CONFIG_BYTES, cut: true })) ?? '';
  const dropIns = await Promise.all(
    ['/usr/lib/systemd/journald.conf.d', '/run/systemd/journald.conf.d', '/etc/systemd/journald.conf.d'].map((folder) => readAll(host, folder, '.conf')),
  );
  const { storage, limited } = parseJournald([main, ...dropIns.flat()]);
  const hasFolder = await host.exists('/var/log/journal');
  return { journaldStorage: storage, journaldPersistent: storage === 'persistent' || (storage === 'auto' && hasFolder), journaldLimited: limited, journalBytes: persistentBytes };
}

async function syslog(host: Host) {
  const files = ['/var/log/messages', '/var/log/syslog', '/var/log/kern.log'];
  const syslogPresent = (await Promise.all(files.map((path) => host.exists(path)))).includes(true);
  const rsyslog = [await host.readIfThere('/etc/rsyslog.conf', { maxBytes: MAX_CONFIG_BYTES, cut: true }), ...(await readAll(host, '/etc/rsyslog.d', '.conf'))].filter(
    (text) => text !== undefined,
  );
  const defaults = await host.readIfThere('/etc/logrotate.conf', { maxBytes: MAX_CONFIG_BYTES, cut: true });
  const blocks = await Promise.all(['rsyslog', 'syslog', 'syslog-ng'].map((name) => host.readIfThere(`/etc/logrotate.d/${name}`, { maxBytes: MAX_CONFIG_BYTES, cut: true })));
  const installed = (await Promise.all(['/usr/sbin/logrotate', '/usr/bin/logrotate'].map((path) => host.exists(path)))).includes(true);
  const states = await Promise.all(['/var/lib/logrotate/logrotate.status', '/var/lib/logrotate/status', '/var/lib/logrotate.status'].map((path) => host.modifiedAt(path)));
  const ranAt = states.filter((time) => time !== undefined);
  return {
    syslogPresent,
    ...(rsyslog.length > 0 && { remoteLogging: forwardsRemotely(rsyslog) }),
    logrotatePresent: installed && defaults !== undefined,
    logrotateScheduled: (await host.exists('/etc/cron.daily/logrotate')) || (await host.exists('/etc/cron.hourly/logrotate')) || (await enabledUnits(host)).has('logrotate.timer'),
    ...(ranAt.length > 0 && { logrotateRanAt: Math.max(...ranAt) }),
    ...(defaults !== undefined && { retentionDays: parseRetentionDays(defaults, blocks.filter((text) => text !== undefined).join('\n')) }),
  };
}

async function readAll(host: Host, folder: string, ending: string): Promise<readonly string[]> {
  const { names } = await host.list(folder).catch(() => ({ names: [] }));
  const texts = names
    .filter((name) => name.endsWith(ending))
    .sort()
    .slice(0, 50)
    .map((name) => host.readIfThere(`${folder}/${name}`, { maxBytes: MAX_CONFIG_BYTES, cut: true }).catch(() => undefined));
  return (await Promise.all(texts)).filter((text) => text !== undefined);
}
