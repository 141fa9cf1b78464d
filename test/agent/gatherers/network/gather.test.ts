import { describe, expect, it } from 'vitest';
import { HOST_NETWORK_GATHERERS } from '../../../../agent/gatherers/host/network/index.ts';
import { type Gathered, runGatherers } from '../../../../agent/gatherers/run.ts';
import { Host } from '../../../../agent/host/host.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

async function gather(files: Files | Host, section?: string): Promise<Gathered & { status: string | undefined }> {
  const host = files instanceof Host ? files : await hostOf(files);
  const gatherers = HOST_NETWORK_GATHERERS.filter((one) => section === undefined || one.section === section);
  const out = await runGatherers(gatherers, { host }, { signal: AbortSignal.timeout(30_000), concurrency: 8, clock: () => performance.now() });
  return { ...out, status: out.reports[0]?.reason ?? out.reports[0]?.status };
}
const BINARY = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);
const dev = (rx: number, errors: number): string =>
  `  eno1: ${rx} 1000 ${errors} 0 0 0 0 0 0 0 0 0 0 0 0 0\n  docker0: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n  veth1: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n`;
const SYS: Files = {
  '/sys/class/net/lo/mtu': '65536\n',
  '/sys/class/net/veth1/mtu': '1500\n',
  '/sys/class/net/docker0/uevent': 'DEVTYPE=bridge\nINTERFACE=docker0\n',
  '/sys/class/net/eno1/uevent': 'INTERFACE=eno1\nIFINDEX=2\n',
  '/sys/class/net/eno1/device/uevent': 'DRIVER=ixgbe\nPCI_CLASS=20000\n',
  '/sys/class/net/eno1/flags': '0x1803\n',
  '/sys/class/net/eno1/carrier': '1\n',
  '/sys/class/net/eno1/speed': '1000\n',
  '/sys/class/net/eno1/duplex': 'full\n',
  '/sys/class/net/eno1/mtu': '9000\n',
  '/sys/class/net/eno1/carrier_changes': '40\n',
  '/sys/class/net/eno1/bonding_slave/state': 'active\n',
  '/proc/uptime': '864000.11 1.0\n',
};

describe('interfaces', () => {
  it('reads attributes, levels and rates', async () => {
    const { sections } = await gather(
      {
        ...SYS,
        '/proc/1/net/dev': dev(0, 0),
        '/.later/proc/1/net/dev': dev(1_000_000_000, 10).replace(' 1000 ', ' 1990 '),
        '/.later/seconds': '10',
        '/.later/sys/class/net/eno1/carrier_changes': '41\n',
      },
      'interfaces',
    );
    expect(sections.interfaces).toMatchObject({ total: 3, podInterfaces: 1, dropped: 0, attributesVisible: true, sampleSeconds: 10 });
    expect(sections.interfaces?.interfaces[0]).toEqual({
      name: 'eno1',
      type: 'physical',
      enabled: true,
      carrier: true,
      bondSlave: true,
      speedMbps: 1_000,
      duplex: 'full',
      mtu: 9_000,
      carrierChanges: 40,
      carrierChangesPerDay: 4,
      carrierChangesPerMinute: 6,
      rxBytesPerSecond: 100_000_000,
      txBytesPerSecond: 0,
      packetsPerSecond: 99,
      saturationPercent: 80,
      errorPercent: 1,
      dropPercent: 0,
    });
    expect(sections.interfaces?.interfaces[1]).toMatchObject({ name: 'docker0', type: 'bridge' });
  });
  it('leaves attributes out when sysfs is another namespace’s, and rates with one sample', async () => {
    const { sections } = await gather({ '/proc/1/net/dev': dev(0, 0), '/sys/class/net/eth0/mtu': '1500\n' }, 'interfaces');
    expect(sections.interfaces).toEqual({
      total: 3,
      podInterfaces: 1,
      dropped: 0,
      attributesVisible: false,
      interfaces: [
        { name: 'docker0', type: 'bridge' },
        { name: 'eno1', type: 'other' },
      ],
    });
  });
  it('lists at most its cap of a host with 20 000 interfaces', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `  if${index}: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n`).join('');
    const { sections } = await gather({ '/proc/1/net/dev': many }, 'interfaces');
    expect(sections.interfaces).toMatchObject({ total: 20_000, dropped: 19_936 });
    expect(sections.interfaces?.interfaces).toHaveLength(64);
  });
  it('does not believe hostile attributes', async () => {
    const { sections } = await gather(
      {
        ...SYS,
        '/proc/1/net/dev': dev(0, 0),
        '/sys/class/net/eno1/speed': '-1\n',
        '/sys/class/net/eno1/duplex': 'acme\n',
        '/sys/class/net/eno1/mtu': BINARY,
        '/sys/class/net/eno1/flags': '0xzz',
      },
      'interfaces',
    );
    const row = sections.interfaces?.interfaces[0];
    expect([row?.speedMbps, row?.duplex, row?.mtu, row?.enabled]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('tcp', () => {
  const snmp = (out: number, again: number): string => `Tcp: CurrEstab OutSegs RetransSegs\nTcp: 12 ${out} ${again}\nUdp: RcvbufErrors SndbufErrors\nUdp: 0 0\n`;
  it('reads levels against limits, rates and ports', async () => {
    const { sections } = await gather(
      {
        '/proc/1/net/snmp': snmp(0, 0),
        '/.later/proc/1/net/snmp': snmp(1_000, 20),
        '/.later/seconds': '10',
        '/proc/1/net/netstat': 'TcpExt: ListenOverflows\nTcpExt: 5\n',
        '/proc/1/net/sockstat': 'sockets: used 99\nTCP: inuse 5 orphan 10 tw 50 alloc 6 mem 30\n',
        '/proc/sys/net/ipv4/tcp_max_tw_buckets': '100\n',
        '/proc/sys/net/ipv4/tcp_max_orphans': '40\n',
        '/proc/sys/net/ipv4/tcp_mem': '10\t20\t60\n',
        '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
        '/proc/1/net/tcp': '  sl\n   0: 0100007F:8001 0200007F:0050 01 00000000:00000000 00:0\n',
      },
      'tcp',
    );
    expect(sections.tcp).toEqual({
      socketsUsed: 99,
      established: 12,
      timeWait: 50,
      timeWaitPercent: 50,
      orphans: 10,
      orphansPercent: 25,
      memoryPages: 30,
      memoryPercent: 50,
      ephemeralPorts: 1,
      ephemeralPortsPercent: 0.004,
      sampleSeconds: 10,
      segmentsPerSecond: 100,
      retransmitPercent: 2,
      udpReceiveErrorsPerSecond: 0,
      udpSendErrorsPerSecond: 0,
    });
  });
  it('says nothing of ports when the table is too long to read', async () => {
    const { sections } = await gather(
      {
        '/proc/1/net/snmp': snmp(0, 0),
        '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
        '/proc/1/net/tcp': '   0: 0100007F:8001 0200007F:0050 01 00000000:00000000 00:0\n'.repeat(160_000),
      },
      'tcp',
    );
    expect(sections.tcp).toEqual({ established: 12 });
  });
  it('is not visible without /proc', async () => {
    expect((await gather({}, 'tcp')).status).toBe('not-visible');
  });
});

describe('conntrack', () => {
  const table = (drop: string): string => `entries  insert_failed drop early_drop\n00000064  00000000 ${drop} 00000000\n`;
  it('reads use and drops', async () => {
    const { sections } = await gather(
      {
        '/proc/1/net/stat/nf_conntrack': table('00000000'),
        '/.later/proc/1/net/stat/nf_conntrack': table('0000000a'),
        '/.later/seconds': '5',
        '/proc/sys/net/netfilter/nf_conntrack_max': '200\n',
        '/proc/sys/net/netfilter/nf_conntrack_buckets': '50\n',
        '/proc/sys/net/netfilter/nf_conntrack_count': '150\n',
      },
      'conntrack',
    );
    expect(sections.conntrack).toEqual({ entries: 100, max: 200, buckets: 50, usedPercent: 50, perBucket: 2, dropsPerSecond: 2, insertFailedPerSecond: 0 });
  });
  it('is absent when it is not loaded, unknown when nothing is visible', async () => {
    expect((await gather({ '/proc/stat': 'cpu\n' }, 'conntrack')).status).toBe('not-present');
    expect((await gather({}, 'conntrack')).status).toBe('not-visible');
  });
});

describe('neighbours, softnet, bonds, resolver', () => {
  it('count neighbours from the table, or from arp', async () => {
    const stat = 'entries  allocs table_fulls\n00000200 00000001 00000000\n';
    expect((await gather({ '/proc/1/net/stat/arp_cache': stat, '/proc/sys/net/ipv4/neigh/default/gc_thresh3': '1024\n' }, 'neighbours')).sections.neighbours).toEqual({
      entries: 512,
      limit: 1_024,
      usedPercent: 50,
    });
    const arp = 'IP address       HW type     Flags       HW address            Mask     Device\n10.0.0.1 0x1 0x2 aa:bb:cc:dd:ee:ff * eth0\n';
    expect((await gather({ '/proc/1/net/arp': arp }, 'neighbours')).sections.neighbours).toEqual({ entries: 1 });
    expect((await gather({}, 'neighbours')).status).toBe('not-visible');
  });
  it('know no bonds where there are none', async () => {
    expect((await gather({ '/proc/1/net/dev': dev(0, 0) }, 'bonds')).status).toBe('not-in-use');
    expect((await gather({ '/proc/1/net/dev': dev(0, 0), '/proc/1/net/bonding/bond0': BINARY }, 'bonds')).status).toBe('malformed');
    expect((await gather({}, 'bonds')).status).toBe('not-visible');
  });
  it('read the resolver, through a link inside the root', async () => {
    const files = {
      '/etc/os-release': 'ID=x\n',
      '/etc/resolv.conf': '-> ../run/systemd/resolve/stub-resolv.conf',
      '/run/systemd/resolve/stub-resolv.conf': 'nameserver 127.0.0.53\n',
      '/run/systemd/resolve/resolv.conf': 'nameserver 10.0.0.2\n',
    };
    expect((await gather(files, 'resolver')).sections.resolver).toMatchObject({ nameservers: 1, loopbackNameservers: 1, upstreamNameservers: 1 });
    expect((await gather({ '/etc/os-release': 'ID=x\n', '/etc/resolv.conf': '-> /run/gone' }, 'resolver')).status).toBe('not-visible');
    expect((await gather({ '/etc/os-release': 'ID=x\n' }, 'resolver')).sections.resolver).toMatchObject({ nameservers: 0 });
    expect((await gather({}, 'resolver')).status).toBe('not-visible');
  });
});

describe('all of them', () => {
  it('end on binary files, with values of the registry or one word', async () => {
    const files = Object.fromEntries(
      ['dev', 'snmp', 'netstat', 'snmp6', 'sockstat', 'tcp', 'tcp6', 'arp', 'softnet_stat', 'stat/nf_conntrack', 'stat/arp_cache', 'stat/ndisc_cache', 'bonding/bond0'].map(
        (file) => [`/proc/1/net/${file}`, BINARY],
      ),
    );
    const { reports } = await gather({ ...files, '/etc/resolv.conf': BINARY });
    expect(reports).toHaveLength(HOST_NETWORK_GATHERERS.length);
    for (const { reason } of reports) expect([undefined, 'malformed', 'not-visible', 'not-present']).toContain(reason);
  });
  it('end on endless files', async () => {
    const files = Object.fromEntries(
      ['dev', 'snmp', 'netstat', 'sockstat', 'softnet_stat', 'stat/nf_conntrack', 'stat/arp_cache', 'bonding/bond0'].map((file) => [`/proc/1/net/${file}`, '-> /dev/zero']),
    );
    // A link to a device inside the root: reading it is refused, not endless.
    const { reports } = await gather({ ...files, '/dev/zero': new Uint8Array(20_000_000), '/etc/resolv.conf': '-> /dev/zero' });
    expect(reports).toHaveLength(HOST_NETWORK_GATHERERS.length);
    for (const { durationMs } of reports) expect(durationMs).toBeLessThan(10_000);
  });
  it('read this machine', async () => {
    const host = await Host.at('/', { sampleMs: 50, now: Date.now });
    const { reports } = await gather(host);
    for (const { status, reason } of reports) expect(status === 'failed' ? reason : status).toMatch(/^(ok|absent|not-visible|forbidden)$/);
  });
});
