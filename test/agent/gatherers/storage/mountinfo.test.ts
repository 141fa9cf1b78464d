import { describe, expect, it } from 'vitest';
import { parseFstab } from '../../../../agent/gatherers/host/storage/fstab.ts';
import {
  accessOf,
  chooseMounts,
  isIsolated,
  isNetwork,
  mountOf,
  optionsOf,
  parseMountinfo,
  parseMounts,
  roleOf,
  typeOf,
} from '../../../../agent/gatherers/host/storage/mountinfo.ts';

/** A Kubernetes node with containerd, a local data disk, NFS volumes and a snap. */
const NODE = String.raw`21 26 0:20 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
22 26 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:14 - proc proc rw
25 26 0:24 / /run rw,nosuid,nodev,noexec,relatime shared:5 - tmpfs tmpfs rw,size=3275444k,mode=755
26 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/openeuler-root rw,attr2,inode64,logbufs=8,noquota
30 26 8:1 / /boot ro,relatime shared:29 - ext4 /dev/sda1 rw
31 26 8:17 / /data\040disk rw,relatime shared:31 - ext4 /dev/sdb1 ro,errors=remount-ro
32 26 0:44 / /nfs rw,relatime shared:99 - nfs4 10.0.0.9:/export rw,vers=4.1,soft,proto=tcp
33 26 7:3 / /snap/core20/1234 ro,nodev,relatime shared:50 - squashfs /dev/loop3 ro
34 25 0:4 net:[4026532281] /run/netns/cni-1 rw shared:200 - nsfs nsfs rw
35 25 0:60 / /run/containerd/io.containerd.runtime.v2.task/k8s.io/abc/rootfs rw,relatime shared:3 - overlay overlay rw,lowerdir=/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs,upperdir=/data\040disk/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/2/fs,workdir=/w
36 25 0:61 / /run/containerd/io.containerd.grpc.v1.cri/sandboxes/abc/shm rw,nosuid - tmpfs shm rw,size=65536k
37 26 0:62 / /var/lib/kubelet/pods/6f1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/volumes/kubernetes.io~projected/kube-api-access rw,relatime shared:9 - tmpfs tmpfs rw,size=1k
38 26 0:63 / /var/lib/kubelet/pods/6f1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/volumes/kubernetes.io~nfs/data rw,relatime - nfs 10.0.0.8:/pv rw,vers=3,hard
39 26 0:63 / /var/lib/kubelet/pods/7f1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/volumes/kubernetes.io~nfs/longer-name rw,relatime - nfs 10.0.0.8:/pv rw,vers=3,hard
40 32 8:33 / /nfs/local rw,relatime - ext4 /dev/sdc1 rw,barrier=0
41 26 253:0 /var/lib/etcd /var/lib/etcd rw,relatime - xfs /dev/mapper/openeuler-root rw
42 26 0:70 / /mnt/oss rw - fuse.ossfs ossfs rw,user_id=0
`;

describe('mountinfo', () => {
  const table = parseMountinfo(NODE);
  const { chosen } = chooseMounts(table.lines, 100);
  const byPath = (path: string) => {
    const found = chosen.find(({ mountPoint }) => mountPoint === path);
    if (!found) throw new Error('not chosen');
    return found;
  };

  it('keeps one mount per file system of the host, those of pods last', () => {
    expect(chosen.map(({ mountPoint }) => mountPoint)).toEqual([
      '/run',
      '/',
      '/boot',
      '/data disk',
      '/nfs',
      '/nfs/local',
      '/mnt/oss',
      '/var/lib/kubelet/pods/6f1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/volumes/kubernetes.io~nfs/data',
    ]);
    expect(table.dropped).toBe(0);
  });
  it('finds where the container runtime keeps its layers', () => {
    expect(table.runtimeDirectory).toBe('/data disk/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/2/fs');
    expect(mountOf(table.lines, table.runtimeDirectory ?? '')?.mountPoint).toBe('/data disk');
    expect(mountOf(table.lines, '/var/lib/kubelet')?.mountPoint).toBe('/');
    expect(mountOf(table.lines, '/var/lib/etcd/member')?.mountPoint).toBe('/var/lib/etcd');
    expect(mountOf(table.lines, '/bootstrap')?.mountPoint).toBe('/');
  });
  it('tells what the kernel made read-only from what was mounted so', () => {
    expect(accessOf(byPath('/data disk'))).toBe('forced-read-only');
    expect(accessOf(byPath('/boot'))).toBe('read-only');
    expect(accessOf(byPath('/'))).toBe('read-write');
    expect(accessOf({ ...byPath('/'), superOptions: 'rw,emergency_ro' })).toBe('forced-read-only');
  });
  it('knows roles, types and options', () => {
    expect([roleOf(byPath('/boot')), roleOf(byPath('/run')), roleOf(byPath('/')), roleOf(chosen.at(-1) ?? byPath('/'))]).toEqual(['boot', 'memory', 'host', 'pod-volume']);
    expect([typeOf(byPath('/nfs')), typeOf(byPath('/mnt/oss')), typeOf({ type: 'acme-secret-fs' })]).toEqual(['nfs', 'fuse', 'other']);
    expect(optionsOf(byPath('/nfs'))).toEqual(['soft']);
    expect(optionsOf(byPath('/nfs/local'))).toEqual(['barrier-off']);
    expect([isNetwork(byPath('/mnt/oss')), isNetwork(byPath('/data disk'))]).toEqual([true, false]);
  });
  it('isolates network and FUSE mounts and what lies below them', () => {
    expect(chosen.filter((mount) => isIsolated(mount, chosen)).map(({ mountPoint }) => mountPoint.split('/').at(-1))).toEqual(['nfs', 'local', 'oss', 'data']);
  });
  it('cuts and counts', () => {
    expect(chooseMounts(table.lines, 3)).toMatchObject({ dropped: 5, chosen: [{ mountPoint: '/run' }, { mountPoint: '/' }, { mountPoint: '/boot' }] });
  });
  it('takes the later of two mounts over each other', () => {
    const twice = parseMountinfo('1 0 8:1 / /data rw - ext4 /dev/sda1 rw\n2 1 8:2 / /data rw - ext4 /dev/sdb1 rw\n');
    expect(mountOf(twice.lines, '/data/x')?.device).toBe('8:2');
  });
  it('reads the older table without devices', () => {
    const old = parseMounts(
      'rootfs / rootfs rw 0 0\n/dev/sda2 / ext4 rw,relatime 0 0\n/dev/sda2 /var/lib/etcd ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\ntmpfs /tmp tmpfs rw 0 0\nsrv:/x /n nfs ro,soft 0 0\n',
    );
    expect(chooseMounts(old.lines, 10).chosen.map(({ mountPoint }) => mountPoint)).toEqual(['/', '/run', '/tmp', '/n']);
  });
  it.each([
    ['empty', ''],
    ['binary', Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256)).toString('latin1')],
    ['no dash', '26 1 253:0 / / rw,relatime shared:1 xfs /dev/sda rw\n'],
    ['no device', '26 1 x:y / / rw - xfs /dev/sda rw\n'],
    ['one endless line', `26 1 253:0 / / rw ${'shared:1 '.repeat(100_000)}- xfs /dev/sda rw`],
    ['deleted', '26 1 253:0 / /gone//deleted rw - xfs /dev/sda rw\n'],
  ])('survives a table that is %s', (_name, text) => {
    expect(parseMountinfo(text).lines).toEqual([]);
    expect(() => parseMounts(text)).not.toThrow();
  });
  it('reads a million lines in bounded time and memory', () => {
    const line = (index: number): string =>
      `${index} 26 0:${index} / /var/lib/kubelet/pods/6f1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/volumes/kubernetes.io~nfs/v${index} rw - nfs srv:/v${index} rw\n`;
    const text = `26 1 253:0 / / rw,relatime shared:1 - xfs /dev/sda rw\n${Array.from({ length: 1_000_000 }, (_, index) => line(index)).join('')}`;
    const began = performance.now();
    const huge = parseMountinfo(text);
    const few = chooseMounts(huge.lines, 400);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(huge.lines.length).toBe(20_000);
    expect(huge.dropped).toBe(980_001);
    expect(few.chosen).toHaveLength(400);
    expect(few.chosen[0]?.mountPoint).toBe('/');
  });
});

describe('fstab', () => {
  it('tells mount points, read-only ones, and those that wait to be asked for', () => {
    const text =
      '# comment\nUUID=1 / xfs defaults 0 0\n/dev/sdb1 /data\\040disk ext4 defaults,ro 0 2\nsrv:/x /nfs/ nfs noauto 0 0\n/dev/sdc1 swap swap defaults 0 0\n/dev/sdc2 none swap sw 0 0\ngarbage\n\n';
    expect(parseFstab(text)).toEqual([
      { mountPoint: '/', readOnly: false, atBoot: true },
      { mountPoint: '/data disk', readOnly: true, atBoot: true },
      { mountPoint: '/nfs', readOnly: false, atBoot: false },
    ]);
  });
  it('is empty for anything else', () => {
    expect(parseFstab('')).toEqual([]);
    expect(parseFstab('\0'.repeat(100_000))).toEqual([]);
  });
});
