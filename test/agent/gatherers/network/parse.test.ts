import { describe, expect, it } from 'vitest';
import { parseBond } from '../../../../agent/gatherers/host/network/bonds.ts';
import { describesSame } from '../../../../agent/gatherers/host/network/interfaces.ts';
import { classify, deviceRates, isPodInterface, parseNetDev, saturation } from '../../../../agent/gatherers/host/network/netdev.ts';
import { busiestDestination, parsePortRange } from '../../../../agent/gatherers/host/network/ports.ts';
import { parseResolvConf } from '../../../../agent/gatherers/host/network/resolver.ts';
import { parsePairs, parseSockstat, parseStatTable } from '../../../../agent/gatherers/host/network/snmp.ts';
import { parseSoftnet } from '../../../../agent/gatherers/host/network/softnet.ts';
import { tcpRates } from '../../../../agent/gatherers/host/network/tcp.ts';

const BINARY = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256)).toString('latin1');
const HOSTILE = [
  ['empty', ''],
  ['binary', BINARY],
  ['zeroes', '\0'.repeat(200_000)],
  ['one long line', 'a:'.repeat(200_000)],
  ['blank lines', '\n'.repeat(200_000)],
  ['digits', '9 '.repeat(200_000)],
] as const;

describe('/proc/net/dev', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    3293      31    0    0    0     0          0         0     3293      31    0    0    0     0       0          0
  eth0: 579445854   13779    1    2    0     0          0         0   803247    8071    3    4    0     0       0          0
eth1:12 1 0 0 0 0 0 0 34 2 0 0 0 0 0 0
cali0123456789a:  1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
`;
  it('reads counters by interface, with or without a blank after the colon', () => {
    const devices = parseNetDev(text);
    expect([...devices.keys()]).toEqual(['eth0', 'eth1', 'cali0123456789a']);
    expect(devices.get('eth0')).toEqual({ rxBytes: 579_445_854, rxPackets: 13_779, rxErrors: 1, rxDrops: 2, txBytes: 803_247, txPackets: 8_071, txErrors: 3, txDrops: 4 });
    expect(devices.get('eth1')).toMatchObject({ rxBytes: 12, txBytes: 34 });
  });
  it('shows the worse direction', () => {
    const zero = { rxBytes: 0, rxPackets: 0, rxErrors: 0, rxDrops: 0, txBytes: 0, txPackets: 0, txErrors: 0, txDrops: 0 };
    const later = { ...zero, rxBytes: 1_000, rxPackets: 98, rxErrors: 2, txPackets: 10, txDrops: 10 };
    expect(deviceRates(zero, later, 2)).toEqual({ rxBytesPerSecond: 500, txBytesPerSecond: 0, packetsPerSecond: 54, errorPercent: 2, dropPercent: 50 });
    expect(deviceRates(later, zero, 2)).toMatchObject({ packetsPerSecond: 0, errorPercent: 0 });
    expect(saturation(100_000_000, 5, 1_000)).toBe(80);
  });
  it('tells interfaces of pods from those of the host', () => {
    expect(['veth1a2b3c4d', 'cali0123456789a', 'lxc_health', 'eni0123456789a', 'tap3', '0123456789ab_h'].every(isPodInterface)).toBe(true);
    expect(['eth0', 'eno1', 'ens192', 'enp3s0f0np0', 'bond0', 'docker0', 'cni0', 'flannel.1', 'vxlan.calico', 'eni1'].some(isPodInterface)).toBe(false);
  });
  it('classifies by DEVTYPE first, then by name', () => {
    expect(classify('trunk', 'bond')).toEqual({ type: 'bond' });
    expect(classify('flannel.1', 'vxlan')).toEqual({ type: 'tunnel', tunnel: 'vxlan' });
    expect(classify('eth0.100', undefined)).toEqual({ type: 'vlan' });
    expect(classify('br-0123456789ab', undefined)).toEqual({ type: 'bridge' });
    expect(classify('wireguard.cali', undefined)).toEqual({ type: 'tunnel', tunnel: 'wireguard' });
    expect(classify('eth0', undefined)).toEqual({ type: 'other' });
  });
  it('does not take a pod’s sysfs for the host’s', () => {
    expect(describesSame(['lo', 'eth0', 'docker0', 'veth1'], ['lo', 'eth0'])).toBe(false);
    expect(describesSame(['lo', 'eth0', 'veth1', 'veth2'], ['lo', 'eth0'])).toBe(false);
    expect(describesSame(['lo', 'eth0', 'veth1', 'veth2'], ['lo', 'eth0', 'veth2', 'veth3', 'bonding_masters'])).toBe(true);
    expect(describesSame([], [])).toBe(false);
  });
});

describe('protocol counters', () => {
  it('pairs names with numbers', () => {
    const counters = parsePairs(
      'Tcp: RtoAlgorithm MaxConn OutSegs RetransSegs\nTcp: 1 -1 200 4\nTcpExt: SyncookiesSent ListenOverflows\nTcpExt: 7 8\nUdp: RcvbufErrors\nUdp: 9 10\n',
    );
    expect(Object.fromEntries(counters)).toEqual({ 'Tcp.RtoAlgorithm': 1, 'Tcp.OutSegs': 200, 'Tcp.RetransSegs': 4, 'TcpExt.SyncookiesSent': 7, 'TcpExt.ListenOverflows': 8 });
  });
  it('become rates, only of what both readings have', () => {
    const first = new Map([
      ['Tcp.OutSegs', 100],
      ['Tcp.RetransSegs', 10],
      ['Udp.RcvbufErrors', 5],
      ['Udp6RcvbufErrors', 1],
    ]);
    const second = new Map([
      ['Tcp.OutSegs', 1_100],
      ['Tcp.RetransSegs', 30],
      ['Udp.RcvbufErrors', 15],
      ['Udp6RcvbufErrors', 11],
    ]);
    expect(tcpRates(first, second, 10)).toEqual({
      segmentsPerSecond: 100,
      retransmitPercent: 2,
      udpReceiveErrorsPerSecond: 2,
      listenOverflowsPerSecond: undefined,
      listenDropsPerSecond: undefined,
      synCookiesPerSecond: undefined,
      memoryAbortsPerSecond: undefined,
      udpSendErrorsPerSecond: undefined,
    });
  });
  it('reads sockstat', () => {
    const sockets = parseSockstat('sockets: used 14\nTCP: inuse 1 orphan 3 tw 2 alloc 1 mem 275\nUDP: inuse 0 mem 0\nFRAG: inuse 0 memory\n');
    expect([sockets.get('sockets.used'), sockets.get('TCP.orphan'), sockets.get('TCP.mem'), sockets.get('FRAG.memory')]).toEqual([14, 3, 275, undefined]);
  });
  it('sums per-processor tables, but repeats entries', () => {
    const table = parseStatTable(
      'entries  clashres insert_failed drop early_drop\n0000000a  00000000 00000001 00000002 00000003\n0000000a  00000000 00000001 00000000 0000000f\n0000 zz\n',
    );
    expect(Object.fromEntries(table)).toEqual({ entries: 10, clashres: 0, insert_failed: 2, drop: 2, early_drop: 18 });
  });
  it('sums softnet', () => {
    expect(parseSoftnet('000000ff 00000001 00000002 00000000\n00000001 00000000 00000001 00000000\nxx\n')).toEqual({ cpus: 2, processed: 256, dropped: 1, squeezed: 3 });
  });
});

describe('ephemeral ports', () => {
  const row = (local: string, remote: string, state = '01', index = 1): string =>
    `   ${index}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 1 1 0 20 4 30 10 -1\n`;
  const range = { first: 32_768, last: 60_999 };

  it('are counted towards the busiest destination, listeners and servers left out', () => {
    const table = `  sl  local_address rem_address   st\n${row('0100007F:1F90', '00000000:0000', '0A')}${row('0100007F:8001', '0200007F:0050')}${row('0100007F:8002', '0200007F:0050', '06')}${row('0100007F:8001', '0300007F:0050')}${row('0100007F:0050', '0200007F:9001')}`;
    expect(busiestDestination([table], range)).toBe(2);
  });
  it('stay bounded with a million connections', () => {
    const table = Array.from({ length: 300_000 }, (_, index) => row('0100007F:8001', `${index.toString(16).toUpperCase().padStart(8, '0')}:0050`)).join('');
    expect(busiestDestination([table], range)).toBe(1);
  });
  it('need a range', () => {
    expect(parsePortRange('32768\t60999\n')).toEqual(range);
    expect([parsePortRange(''), parsePortRange('60999 1'), parsePortRange(undefined), parsePortRange('-1 5')]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

const LACP = `Ethernet Channel Bonding Driver: v5.10.0

Bonding Mode: IEEE 802.3ad Dynamic link aggregation
Transmit Hash Policy: layer3+4 (1)
MII Status: up
MII Polling Interval (ms): 100
Up Delay (ms): 0

802.3ad info
LACP rate: fast
Active Aggregator Info:
	Aggregator ID: 1
	Number of ports: 2
	Partner Mac Address: 00:23:04:ee:be:01

Slave Interface: eno1
MII Status: up
Speed: 10000 Mbps
Link Failure Count: 1
Aggregator ID: 1

Slave Interface: eno2
MII Status: down
Speed: Unknown
Link Failure Count: 4
Aggregator ID: 2
`;

describe('bonding', () => {
  it('reads members, failures and agreement', () => {
    expect(parseBond('bond0', LACP)).toEqual({ name: 'bond0', mode: '802.3ad', up: true, slaves: 2, activeSlaves: 1, monitored: true, linkFailures: 5, lacpAgreed: false });
    expect(parseBond('bond0', LACP.replace('Aggregator ID: 2', 'Aggregator ID: 1'))?.lacpAgreed).toBe(true);
    expect(parseBond('bond0', LACP.replaceAll('Aggregator ID: 2', 'Aggregator ID: 1').replace('00:23:04:ee:be:01', '00:00:00:00:00:00'))?.lacpAgreed).toBe(false);
  });
  it('reads a bond without members or monitoring', () => {
    expect(parseBond('b', 'Bonding Mode: fault-tolerance (active-backup)\nMII Status: down\nMII Polling Interval (ms): 0\n')).toEqual({
      name: 'b',
      mode: 'active-backup',
      up: false,
      slaves: 0,
      activeSlaves: 0,
      monitored: false,
      linkFailures: 0,
    });
  });
});

describe('resolv.conf', () => {
  it('counts and never quotes', () => {
    const conf = parseResolvConf(
      '# x\nnameserver 127.0.0.53\nnameserver 10.1.1.1\nnameserver 10.1.1.1\nnameserver ::1\nsearch old.example\nsearch bank.example corp.example\noptions ndots:3 timeout:1 attempts:9999 rotate edns0 acme-secret\n',
    );
    expect(conf).toEqual({
      nameservers: 4,
      duplicateNameservers: 1,
      loopbackNameservers: 2,
      searchDomains: 2,
      searchLength: 25,
      ndots: 3,
      timeoutSeconds: 1,
      attempts: 1_000,
      options: ['rotate', 'edns0', 'other'],
    });
    expect(JSON.stringify(conf)).not.toMatch(/bank|10\.1|acme/);
  });
  it('has the defaults of glibc', () => {
    expect(parseResolvConf('')).toMatchObject({ nameservers: 0, ndots: 1, timeoutSeconds: 5, attempts: 2, options: [] });
  });
});

describe.each(HOSTILE)('text that is %s', (_name, text) => {
  it('breaks no parser and takes no time', () => {
    const began = performance.now();
    for (const parse of [parseNetDev, parsePairs, parseSockstat, parseStatTable, parseSoftnet, parseResolvConf, parsePortRange]) parse(text);
    parseBond('x', text);
    busiestDestination([text], { first: 1, last: 65_535 });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
