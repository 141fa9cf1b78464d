import { describe, expect, it } from 'vitest';
import { etcdFlags, etcdFlagsOf, parseEtcdConfig, parseEtcdEnvironment } from '../../../../agent/gatherers/host/kubernetes/etcd-flags.ts';
import { etcdHost, isBackupName, isRotational } from '../../../../agent/gatherers/host/kubernetes/etcd-host.ts';
import { splitDevice } from '../../../../agent/host/facts.ts';
import { hostOf } from '../../../support/tree.ts';
import { gatherOn, KUBEADM_HOST, processFiles } from './kubeadm-host.ts';

/** As kubespray 2.28 writes it. */
const KUBESPRAY_ENV = `# Environment file for etcd v3.5.21
ETCD_DATA_DIR=/data/etcd
ETCD_ADVERTISE_CLIENT_URLS=https://10.20.30.41:2379
ETCD_LISTEN_CLIENT_URLS=https://10.20.30.41:2379,https://127.0.0.1:2379
ETCD_ELECTION_TIMEOUT=5000
ETCD_HEARTBEAT_INTERVAL=250
ETCD_LISTEN_PEER_URLS=https://10.20.30.41:2380
ETCD_NAME=etcd1
ETCD_INITIAL_CLUSTER=etcd1=https://10.20.30.41:2380,etcd2=https://10.20.30.42:2380,etcd3=https://10.20.30.43:2380
ETCD_AUTO_COMPACTION_RETENTION=8
ETCD_SNAPSHOT_COUNT=10000
ETCD_QUOTA_BACKEND_BYTES=4294967296
ETCD_EXPERIMENTAL_INITIAL_CORRUPT_CHECK=True
ETCD_CLIENT_CERT_AUTH=true
ETCD_PEER_CLIENT_CERT_AUTH=True
`;

describe('flags of etcd', () => {
  it('reads the static pod of kubeadm', async () => {
    const { report, value } = await gatherOn(etcdFlags, await hostOf(KUBEADM_HOST), 'etcdFlags');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toEqual({
      source: 'manifest',
      clientCertAuth: true,
      peerClientCertAuth: true,
      autoTls: false,
      peerAutoTls: false,
      plainClientUrl: false,
      plainPeerUrl: false,
      quotaSet: false,
      quotaBytes: 2_147_483_648,
      autoCompactionSet: false,
      snapshotCount: 10_000,
      heartbeatMs: 100,
      electionMs: 1_000,
      corruptCheck: true,
    });
  });
  it('reads the environment file of kubespray, process or not', async () => {
    const expected = { clientCertAuth: true, quotaBytes: 4_294_967_296, autoCompactionSet: true, heartbeatMs: 250, electionMs: 5_000, initialMemberCount: 3, corruptCheck: true };
    expect((await gatherOn(etcdFlags, await hostOf({ '/etc/etcd.env': KUBESPRAY_ENV }))).value).toMatchObject({ source: 'file', ...expected });
    const running = { '/etc/etcd.env': KUBESPRAY_ENV, ...processFiles(5, 'etcd', ['/usr/local/bin/etcd', '--quota-backend-bytes=8589934592']) };
    expect((await gatherOn(etcdFlags, await hostOf(running))).value).toMatchObject({ source: 'process', ...expected, quotaBytes: 8_589_934_592 });
  });
  it('reads a configuration file', async () => {
    const flags = await parseEtcdConfig(
      'name: m1\nlisten-client-urls: http://0.0.0.0:2379\nquota-backend-bytes: 8589934592\nclient-transport-security:\n  client-cert-auth: true\npeer-transport-security:\n  auto-tls: true\n',
    );
    expect(etcdFlagsOf(flags, 'file')).toMatchObject({ plainClientUrl: true, quotaSet: true, clientCertAuth: true, peerAutoTls: true, peerClientCertAuth: false });
  });
  it('leaves the etcd of a middleware in a pod alone', async () => {
    const files = {
      '/var/lib/kubelet/pods/x': '',
      ...processFiles(5, 'etcd', ['etcd', '--listen-client-urls=http://0.0.0.0:2379'], { cgroup: '0::/kubepods.slice/cri-containerd-1.scope' }),
    };
    expect((await gatherOn(etcdFlags, await hostOf(files))).report).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
  it('takes plain addresses of loopback for safe, others not', () => {
    expect(etcdFlagsOf(parseEtcdEnvironment('ETCD_LISTEN_CLIENT_URLS="http://127.0.0.1:2379,http://localhost:2379"\n'), 'file').plainClientUrl).toBe(false);
    expect(etcdFlagsOf(parseEtcdEnvironment('ETCD_LISTEN_PEER_URLS="https://10.0.0.1:2380,http://10.0.0.1:2390"\n'), 'file').plainPeerUrl).toBe(true);
  });
  it('survives rubbish', () => {
    expect(etcdFlagsOf(parseEtcdEnvironment('ETCD_QUOTA_BACKEND_BYTES=-1\nETCD_HEARTBEAT_INTERVAL=soon\nETCD_CLIENT_CERT_AUTH=maybe\n\0\0'), 'file')).toMatchObject({
      quotaSet: false,
      heartbeatMs: 100,
      clientCertAuth: false,
    });
  });
});

describe('data and backups of etcd', () => {
  it('measures what lies on the host', async () => {
    const { report, value } = await gatherOn(etcdHost, await hostOf(KUBEADM_HOST), 'etcdHost');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ dbBytes: 65_536, quotaPercent: 0.003, walBytes: 8_192, backupFound: true, backupCount: 1, newestBackupBytes: 32_768 });
    expect(value?.ownDevice).toBeUndefined(); // a capture's devices are not the host's
  });
  it('finds no backup where there is none, and leaves out what it cannot see', async () => {
    const { value } = await gatherOn(etcdHost, await hostOf({ '/etc/etcd.env': KUBESPRAY_ENV, '/var/backups/dpkg.status.0': 'x', '/var/backups/etcd/empty.db': '' }), 'etcdHost');
    expect(value).toEqual({ backupFound: false, backupCount: 0 });
  });
  it('does not say "none" when a folder may not be read', async () => {
    const host = await hostOf({ '/etc/etcd.env': KUBESPRAY_ENV });
    const list = host.list.bind(host);
    host.list = async (path, ...rest) => (path === '/root/etcd-backup' ? await Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES' })) : await list(path, ...rest));
    const { value } = await gatherOn(etcdHost, host, 'etcdHost');
    expect(value).toEqual({ backupCount: 0 });
  });
  it.each([
    ['snapshot.db', true],
    ['etcd-2026-11-20/snapshot.db', true],
    ['etcd-snapshot-node1-1795280400', true],
    ['snap-20261120.db.gz', true],
    ['etcd_backup_1.tar', false],
    ['backup.log', false],
    ['snapshot.db.part', false],
    ['.snapshot.db', false],
    ['run.sh', false],
  ])('%s', (path, isBackup) => {
    expect(isBackupName(path)).toBe(isBackup);
  });
  it('asks sysfs about disks, of partitions too, and not about virtual ones', async () => {
    const host = await hostOf({
      '/sys/devices/pci0/sda/queue/rotational': '1\n',
      '/sys/devices/pci0/sda/device/vendor': 'SEAGATE \n',
      '/sys/devices/pci0/sda/sda1/partition': '1\n',
      '/sys/dev/block/8:1': '-> ../../devices/pci0/sda/sda1',
      '/sys/devices/pci0/nvme0n1/queue/rotational': '0\n',
      '/sys/dev/block/259:0': '-> ../../devices/pci0/nvme0n1',
      '/sys/devices/pci0/sdb/queue/rotational': '1\n',
      '/sys/devices/pci0/sdb/device/vendor': 'VMware  \n',
      '/sys/dev/block/8:16': '-> ../../devices/pci0/sdb',
      '/sys/devices/virtio/vda/queue/rotational': '1\n',
      '/sys/dev/block/254:0': '-> ../../devices/virtio/vda',
    });
    expect([
      await isRotational(host, 8, 1),
      await isRotational(host, 259, 0),
      await isRotational(host, 8, 16),
      await isRotational(host, 254, 0),
      await isRotational(host, 0, 40),
    ]).toEqual([true, false, undefined, undefined, undefined]);
  });
  it('splits device numbers as the kernel packs them', () => {
    expect(splitDevice(0x801)).toEqual({ major: 8, minor: 1 });
    expect(splitDevice(0x10300)).toEqual({ major: 259 & 0xfff, minor: 0 });
    expect(splitDevice(0xfd0_0000 + 0x5)).toMatchObject({ minor: 0xfd05 });
  });
});
