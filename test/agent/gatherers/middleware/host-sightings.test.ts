import { describe, expect, it } from 'vitest';
import { findOnHost, parseListeners } from '../../../../agent/gatherers/middleware/host-sightings.ts';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
/** Rows as the kernel prints them: `st` 0A listens, 01 is a connection. */
const TCP = [
  HEAD,
  '   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   102        0 5001 1 0000000000000000 100 0 0 10 0',
  '   1: 00000000:18EC 00000000:0000 0A 00000000:00000000 00:00000000 00000000   102        0 5002 1 0000000000000000 100 0 0 10 0',
  '   2: 0100007F:18EB 0100007F:C350 01 00000000:00000000 00:00000000 00000000   102        0 5003 1 0000000000000000 20 0 0 10 -1',
].join('\n');
const TCP6 = [HEAD, '   0: 00000000000000000000000001000000:0CEA 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   103        0 6001 1'].join('\n');

function stat(pid: number, comm: string): string {
  return `${pid} (${comm}) S 1 ${pid} ${pid} 0 -1 4194560 100 0 0 0 10 20 0 0 20 0 4 0 5000 100000000 2000 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0\n`;
}
function processFiles(pid: number, comm: string, { cgroup = `0::/system.slice/${comm}.service`, sockets = [] as readonly number[] } = {}): Files {
  return {
    [`/proc/${pid}/stat`]: stat(pid, comm),
    [`/proc/${pid}/cmdline`]: `/usr/bin/${comm}\0--flag\0`,
    [`/proc/${pid}/cgroup`]: `${cgroup}\n`,
    [`/proc/${pid}/net/tcp`]: TCP,
    [`/proc/${pid}/net/tcp6`]: TCP6,
    ...Object.fromEntries(sockets.map((inode, index) => [`/proc/${pid}/fd/${index + 3}`, `-> socket:[${inode}]`])),
  };
}
async function found(files: Files) {
  return await findOnHost(await hostOf(files), 'host-1', MIDDLEWARE, AbortSignal.timeout(10_000));
}

describe('finding middleware on a plain host', () => {
  it('tells every server by its process, where it listens and what started it', async () => {
    const { found: all, complete } = await found({
      ...processFiles(100, 'redis-server', { sockets: [5001] }),
      ...processFiles(101, 'redis-server', { sockets: [5002], cgroup: '0::/user.slice/session-1.scope' }),
      ...processFiles(102, 'mariadbd', { sockets: [6001] }),
      ...processFiles(103, 'sshd'),
    });
    expect(complete).toBe(true);
    expect(all.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      expect.objectContaining({
        id: 'host-1/mysql/3306',
        evidence: ['process', 'unit', 'port'],
        members: [expect.objectContaining({ name: 'host-1:3306', address: { host: '0:0:0:0:0:0:0:1', port: 3306 } })],
      }),
      expect.objectContaining({ id: 'host-1/redis/6379', place: 'host', node: 'host-1', members: [expect.objectContaining({ address: { host: '127.0.0.1', port: 6379 } })] }),
      expect.objectContaining({ id: 'host-1/redis/6380', evidence: ['process'], members: [expect.objectContaining({ pid: '101', address: { host: '127.0.0.1', port: 6380 } })] }),
    ]);
  });

  it('asks an etcd at the port that its command line gives to clients, not at that of its peers', async () => {
    const files = {
      ...processFiles(100, 'etcd', { sockets: [5001, 5002] }),
      '/proc/100/cmdline': 'etcd\0--listen-client-urls\0http://127.0.0.1:6380\0--listen-peer-urls\0http://127.0.0.1:6379\0',
    };
    expect((await found(files)).found).toEqual([
      expect.objectContaining({ product: 'etcd-server', members: [expect.objectContaining({ address: { host: '127.0.0.1', port: 6380 } })] }),
    ]);
    const plain = { ...files, '/proc/100/cmdline': 'etcd\0--name=one\0' };
    expect((await found(plain)).found).toEqual([expect.objectContaining({ members: [expect.objectContaining({ address: { host: '127.0.0.1', port: 6379 } })] })]);
  });

  it('leaves processes of pods to the cluster', async () => {
    const pods = '0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0a1b2c3d_1111_2222_3333_444455556666.slice/cri-containerd-abc.scope';
    expect((await found(processFiles(100, 'redis-server', { sockets: [5001], cgroup: pods }))).found).toEqual([]);
  });

  it('says that it is not certain where descriptors may not be read, and goes by the product’s own port', async () => {
    const { found: all, complete } = await found(processFiles(100, 'redis-server'));
    expect(complete).toBe(false);
    expect(all).toEqual([expect.objectContaining({ id: 'host-1/redis/6379', members: [expect.objectContaining({ address: { host: '127.0.0.1', port: 6379 } })] })]);
  });

  it('names a server whose sockets it may not see by its command line or its unit, not by a process number that the next start changes', async () => {
    const unseen = (pid: number): Files => ({
      ...processFiles(pid, 'redis-server', { cgroup: '0::/system.slice/redis-server@cache.service' }),
      [`/proc/${pid}/cmdline`]: '/usr/bin/redis-server *:6380 [cluster]\0',
      ...processFiles(pid + 1, 'nginx', { cgroup: '0::/system.slice/nginx.service' }),
      [`/proc/${pid + 1}/cmdline`]: 'nginx: master process /usr/sbin/nginx\0',
    });
    for (const pid of [100, 700]) {
      const { found: all, complete } = await found(unseen(pid));
      expect(complete).toBe(false);
      expect(all.map(({ id }) => id).sort()).toEqual(['host-1/nginx/nginx', 'host-1/redis/6380']);
    }
    const two = { ...processFiles(100, 'redis-server'), ...processFiles(101, 'redis-server') };
    expect((await found(two)).found.map(({ id }) => id).sort()).toEqual(['host-1/redis/101', 'host-1/redis/6379']);
  });

  it('keeps a server that listens nowhere, without an address', async () => {
    const { found: all } = await found(processFiles(100, 'mariadbd', { sockets: [77] }));
    expect(all).toEqual([expect.objectContaining({ id: 'host-1/mysql/mariadbd', members: [expect.objectContaining({ address: undefined })] })]);
  });

  it('reads both tables of the kernel, and nothing from what is not one', () => {
    expect(parseListeners(TCP).map(({ host, port }) => `${host}:${port}`)).toEqual(['127.0.0.1:6379', '0.0.0.0:6380']);
    expect(parseListeners('0: 0000000000000000FFFF00000A00000A:1F90 0:0 0A 0 0 0 0 0 9')).toEqual([{ host: '10.0.0.10', port: 8080, inode: '9' }]);
    for (const text of ['', 'nonsense', '0: XYZ:1 0:0 0A', '0: 00:0 0:0 0A']) expect(parseListeners(text)).toEqual([]);
  });
});
