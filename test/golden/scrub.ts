/**
 * Makes a tree of the golden run out of a capture: `node test/golden/scrub.ts CAPTURE TREE`. What belongs to the workplace
 * and not to the distribution goes: its mounts, programs, switches of its boot, packages that a developer added. Times move
 * so that the capture was taken at the golden run's moment. Whoever runs it reads the result before committing it.
 */
import { cp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { MODULES } from '../../agent/wire/sections/host/system-kernel.ts';
import { GOLDEN_NOW } from './run.ts';

const NAME = 'debian-12';
const GONE = [
  '.dockerenv',
  'tmp',
  'mnt',
  'work',
  'root',
  'home',
  'opt',
  'var/lib/etcd',
  'var/lib/kubelet',
  'var/lib/containers',
  'var/log/pods',
  'var/log/containers',
  'var/log/fontconfig.log',
  'var/log/postgresql',
  'sys/kernel/notes',
  'sys/kernel/vmcoreinfo',
  'etc/cni',
  'etc/containerd',
  'etc/default',
];
/** Mounts that any Debian has. */
const MOUNTS = /^\S+ \S+ \S+ \S+ (\/|\/proc|\/sys|\/dev|\/dev\/shm|\/dev\/pts|\/run|\/boot|\/sys\/fs\/cgroup(\/\S+)?) /;
const BOOT_SWITCHES = /^(mitigations|console|quiet|reboot|panic|psi|root|ro|rw|nomodule)(=|$)/;
const UNITS_OF_PACKAGES = /avahi|etcd|containerd|docker|postgres|lighttpd|apache|nginx/i;
/** Kernel lines that name how this machine was started. */
const WORKPLACE = /command line|sandbox|process_api|pvm|nvproxy|builder|with arguments|with environment|^\d+,\d+,\d+,-; {4}/i;
const FIRST_USER_LINE = /;Run \S+ as init process/;
const DISTRIBUTION_COMM = /^(systemd|init|kthreadd|dbus-daemon|cron|sshd|agetty|rsyslogd|chronyd)/;

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error('node test/golden/scrub.ts CAPTURE TREE');
await rm(to, { recursive: true, force: true });
await cp(from, to, { recursive: true, verbatimSymlinks: true });

async function edit(path: string, change: (text: string) => string): Promise<void> {
  for (const file of [join(to ?? '', path), join(to ?? '', '.later', path)]) {
    const text = await readFile(file, 'latin1').catch(() => undefined);
    if (text !== undefined) await writeFile(file, change(text), 'latin1');
  }
}

for (const path of GONE) await rm(join(to, path), { recursive: true, force: true });
for (const pid of (await readdir(join(to, 'proc'))).filter((name) => /^\d+$/.test(name) && name !== '1')) {
  const comm = await readFile(join(to, 'proc', pid, 'comm'), 'utf8').catch(() => '');
  if (!DISTRIBUTION_COMM.test(comm)) for (const tree of [to, join(to, '.later')]) await rm(join(tree, 'proc', pid), { recursive: true, force: true });
}
for (const entry of await readdir(join(to, 'etc/systemd/system'), { recursive: true }))
  if (UNITS_OF_PACKAGES.test(entry)) await rm(join(to, 'etc/systemd/system', entry), { force: true });

for (const name of await readdir(join(to, 'sys/module'))) if (!MODULES.some((module) => module === name)) await rm(join(to, 'sys/module', name), { recursive: true, force: true });

await edit('etc/hostname', () => `${NAME}\n`);
await edit('proc/sys/kernel/hostname', () => `${NAME}\n`);
await edit(
  'proc/cmdline',
  (text) =>
    `${text
      .split(' -- ', 1)[0]
      ?.split(' ')
      .filter((word) => BOOT_SWITCHES.test(word))
      .join(' ')}\n`,
);
await edit('proc/1/comm', () => 'init\n');
await edit('proc/1/stat', (text) => text.replace(/\(.*\)/, '(init)'));
await edit('proc/1/mountinfo', (text) =>
  text
    .split('\n')
    .filter((line) => MOUNTS.test(line))
    .join('\n')
    .concat('\n'),
);
await edit(
  'dev/kmsg',
  (text) =>
    `${(text.split(FIRST_USER_LINE, 1)[0] ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => (WORKPLACE.test(line) ? line.replace(/;.*/, ';(left out)') : line))
      .join('\n')}\n`,
);
await edit('proc/1/net/dev', (text) =>
  text
    .split('\n')
    .filter((line) => !/^\s*[^\s:]+:/.test(line) || /^\s*(lo|eth\d+):/.test(line))
    .join('\n'),
);
for (const tree of [to, join(to, '.later')]) {
  for (const folder of ['sys/class/net', 'sys/devices/virtual/net'])
    for (const name of await readdir(join(tree, folder)).catch(() => [])) if (!/^(lo|eth\d+)$/.test(name)) await rm(join(tree, folder, name), { recursive: true, force: true });
}
for (const table of ['tcp', 'tcp6'])
  await edit(`proc/1/net/${table}`, (text) =>
    text
      .split('\n')
      .filter((line) => !/ 0{8,32}:0000 0A /.test(line)) // what listens tells of its programs
      .slice(0, 12)
      .join('\n')
      .concat('\n'),
  );

const stat = await readFile(join(to, 'proc/stat'), 'utf8');
const uptime = Number((await readFile(join(to, 'proc/uptime'), 'utf8')).split(' ')[0]);
const shift = GOLDEN_NOW - Math.floor(Number(/^btime (\d+)$/m.exec(stat)?.[1]) + uptime);
await edit('proc/stat', (text) => text.replace(/^btime (\d+)$/m, (_line, at: string) => `btime ${Number(at) + shift}`));

/** Facts of what is still there, in the golden run's time. Log sizes of a workplace say nothing about Debian, but they are real. */
const facts = JSON.parse(await readFile(join(to, '.facts.json'), 'utf8')) as Record<string, { modifiedAt?: string; folder?: true; bytes?: number }>;
const kept: Record<string, object> = {};
for (const [path, { modifiedAt, ...rest }] of Object.entries(facts)) {
  if (path.startsWith('/sys/module/') && !MODULES.some((module) => path === `/sys/module/${module}`)) continue;
  if (GONE.some((gone) => `${path}/`.startsWith(`/${gone}/`)) || UNITS_OF_PACKAGES.test(path)) continue;
  if (rest.folder && (await readdir(join(to, path)).catch(() => [])).length > 0) continue; // files make it
  const time = modifiedAt === undefined || /^\/(sys|proc|dev)\//.test(path) ? {} : { modifiedAt: new Date(Date.parse(modifiedAt) + shift * 1_000).toISOString() };
  if (Object.keys({ ...time, ...rest }).length > 0) kept[path] = { ...time, ...rest };
}
for (const tree of ['', '.later/']) {
  for (const entry of await readdir(join(to, tree), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) continue;
    kept[`/${relative(to, path)}`] ??= { link: await readlink(path) };
    await rm(path);
  }
}
await writeFile(join(to, '.facts.json'), `${JSON.stringify(Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1))), undefined, 1)}\n`);
