/** Sections about the machine's own network: interfaces, bonds, TCP and UDP, connection tracking, neighbours, name resolution. */
import { bool, counter, gauge, list, name, oneOf, optional, percent, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** `paravirtual`: a virtual machine's card, whose speed and duplex mean nothing. */
export const INTERFACE_TYPES = ['physical', 'paravirtual', 'bond', 'bridge', 'vlan', 'tunnel', 'other'] as const;
export type InterfaceType = (typeof INTERFACE_TYPES)[number];
export const TUNNEL_TYPES = ['vxlan', 'geneve', 'ipip', 'gre', 'sit', 'wireguard', 'other'] as const;
export type TunnelType = (typeof TUNNEL_TYPES)[number];

const perSecond = 'per-second';

export const interfaces = defineSection({
  id: 'interfaces',
  domain: 'host',
  group: 'usage',
  purpose: text('主机网卡的状态、速率、错误与丢包（不含 Pod 的虚拟网卡）', "State, throughput, errors and drops of the host's interfaces (those of pods only counted)"),
  fields: {
    total: counter(text('网卡总数', 'Interfaces in all')),
    podInterfaces: counter(text('Pod 的虚拟网卡数', 'Virtual interfaces of pods')),
    dropped: counter(text('未列出的网卡数', 'Interfaces left out')),
    attributesVisible: bool(text('是否能读到主机网卡属性', "Whether sysfs shows the host's interfaces")),
    sampleSeconds: optional(gauge(text('采样间隔', 'Interval of the samples'), 'seconds', { max: 86_400 })),
    interfaces: list(text('网卡', 'Interfaces'), 64, {
      name: name(text('网卡名', 'Interface'), 'interface'),
      type: oneOf(text('类型', 'Type'), INTERFACE_TYPES),
      tunnel: optional(oneOf(text('隧道类型', 'Kind of tunnel'), TUNNEL_TYPES)),
      enabled: optional(bool(text('是否已启用（管理状态）', 'Whether it is switched on'))),
      carrier: optional(bool(text('链路是否连通', 'Whether it has a link'))),
      bondSlave: optional(bool(text('是否为 bond 成员', 'Whether it belongs to a bond'))),
      speedMbps: optional(gauge(text('协商速率', 'Negotiated speed'), 'mbps')),
      duplex: optional(oneOf(text('双工模式', 'Duplex'), ['full', 'half', 'unknown'])),
      mtu: optional(counter(text('最大传输单元（MTU）', 'MTU'), 'bytes')),
      carrierChanges: optional(counter(text('启动以来链路状态变化次数', 'Changes of the link since boot'))),
      carrierChangesPerDay: optional(gauge(text('平均每天链路状态变化次数', 'Changes of the link per day, on average since boot'), 'count')),
      carrierChangesPerMinute: optional(gauge(text('采样期间每分钟链路状态变化次数', 'Changes of the link per minute, during the sample'), 'per-minute')),
      rxBytesPerSecond: optional(gauge(text('接收速率', 'Received'), 'bytes-per-second')),
      txBytesPerSecond: optional(gauge(text('发送速率', 'Sent'), 'bytes-per-second')),
      packetsPerSecond: optional(gauge(text('每秒收发包数', 'Packets per second, both ways'), perSecond)),
      saturationPercent: optional(percent(text('较忙方向占协商速率的比例', 'Busier direction of the speed'))),
      errorPercent: optional(percent(text('较差方向的错误包比例', 'Packets with errors, worse direction'))),
      dropPercent: optional(percent(text('较差方向的丢包比例', 'Dropped packets, worse direction'))),
    }),
  },
});

export const bonds = defineSection({
  id: 'bonds',
  domain: 'host',
  group: 'configuration',
  purpose: text('网卡绑定（bond）的模式与成员状态', 'Mode and members of bonded interfaces'),
  fields: {
    dropped: counter(text('未列出的 bond 数', 'Bonds left out')),
    bonds: list(text('绑定网卡', 'Bonds'), 16, {
      name: name(text('网卡名', 'Interface'), 'interface'),
      mode: oneOf(text('模式', 'Mode'), ['round-robin', 'active-backup', 'xor', 'broadcast', '802.3ad', 'tlb', 'alb', 'other']),
      up: bool(text('bond 是否连通', 'Whether the bond has a link')),
      slaves: counter(text('成员数', 'Members')),
      activeSlaves: counter(text('链路正常的成员数', 'Members with a link')),
      monitored: bool(text('是否启用链路监测（MII 或 ARP）', 'Whether links are monitored (MII or ARP)')),
      linkFailures: counter(text('成员累计链路故障次数', 'Link failures of all members since boot')),
      lacpAgreed: optional(bool(text('LACP 成员是否聚合在同一组并有对端', 'Whether all LACP members share one aggregator with a partner'))),
    }),
  },
});

export const tcp = defineSection({
  id: 'tcp',
  domain: 'host',
  group: 'usage',
  purpose: text('TCP 与 UDP 套接字的用量、重传与溢出', 'Use, retransmissions and overflows of TCP and UDP sockets'),
  fields: {
    socketsUsed: optional(counter(text('使用中的套接字数', 'Sockets in use'))),
    established: optional(counter(text('已建立的 TCP 连接数', 'Established TCP connections'))),
    timeWait: optional(counter(text('TIME_WAIT 连接数', 'Connections in TIME_WAIT'))),
    timeWaitPercent: optional(percent(text('TIME_WAIT 占 tcp_max_tw_buckets 的比例', 'TIME_WAIT of tcp_max_tw_buckets'))),
    orphans: optional(counter(text('孤儿套接字数', 'Orphaned sockets'))),
    orphansPercent: optional(percent(text('孤儿套接字占 tcp_max_orphans 的比例', 'Orphaned sockets of tcp_max_orphans'))),
    memoryPages: optional(counter(text('TCP 占用的内存页数', 'Memory pages held by TCP'))),
    memoryPercent: optional(percent(text('TCP 内存占 tcp_mem 上限的比例', 'TCP memory of the limit in tcp_mem'))),
    ephemeralPorts: optional(counter(text('到同一目标占用的临时端口数（最大值）', 'Ephemeral ports towards one destination, the largest number'))),
    ephemeralPortsPercent: optional(percent(text('到同一目标占用的临时端口占可用范围的比例', 'Ephemeral ports towards one destination of the range'))),
    sampleSeconds: optional(gauge(text('采样间隔', 'Interval of the samples'), 'seconds', { max: 86_400 })),
    segmentsPerSecond: optional(gauge(text('每秒发出的 TCP 段数', 'TCP segments sent per second'), perSecond)),
    retransmitPercent: optional(percent(text('重传段占发出段的比例', 'Segments sent again of all sent'))),
    listenOverflowsPerSecond: optional(gauge(text('每秒监听队列溢出次数', 'Overflows of listen queues per second'), perSecond)),
    listenDropsPerSecond: optional(gauge(text('每秒丢弃的新连接数', 'New connections dropped per second'), perSecond)),
    synCookiesPerSecond: optional(gauge(text('每秒发出的 SYN cookie 数', 'SYN cookies sent per second'), perSecond)),
    memoryAbortsPerSecond: optional(gauge(text('每秒因内存不足中止的连接数', 'Connections aborted for lack of memory per second'), perSecond)),
    udpReceiveErrorsPerSecond: optional(gauge(text('每秒因接收缓冲区满丢弃的 UDP 报文数', 'UDP datagrams dropped at a full receive buffer per second'), perSecond)),
    udpSendErrorsPerSecond: optional(gauge(text('每秒因发送缓冲区满丢弃的 UDP 报文数', 'UDP datagrams dropped at a full send buffer per second'), perSecond)),
  },
});

export const conntrack = defineSection({
  id: 'conntrack',
  domain: 'host',
  group: 'usage',
  purpose: text('连接跟踪表的用量与丢弃', 'Use and drops of the connection tracking table'),
  fields: {
    entries: optional(counter(text('当前条目数', 'Entries'))),
    max: optional(counter(text('条目上限', 'Limit of entries'))),
    buckets: optional(counter(text('哈希桶数', 'Hash buckets'))),
    usedPercent: optional(percent(text('使用率', 'Use'))),
    perBucket: optional(gauge(text('每个哈希桶的平均条目数', 'Entries per hash bucket'), 'ratio')),
    dropsPerSecond: optional(gauge(text('每秒因表满丢弃的包数', 'Packets dropped at a full table per second'), perSecond)),
    insertFailedPerSecond: optional(gauge(text('每秒插入失败次数', 'Failed insertions per second'), perSecond)),
  },
});

export const neighbours = defineSection({
  id: 'neighbours',
  domain: 'host',
  group: 'usage',
  purpose: text('邻居表（ARP、NDP）的用量', 'Use of the neighbour tables (ARP, NDP)'),
  fields: {
    entries: counter(text('IPv4 邻居条目数', 'IPv4 neighbours')),
    limit: optional(counter(text('IPv4 上限 gc_thresh3', 'IPv4 limit gc_thresh3'))),
    usedPercent: optional(percent(text('IPv4 邻居表使用率', 'Use of the IPv4 table'))),
    usedPercentV6: optional(percent(text('IPv6 邻居表使用率', 'Use of the IPv6 table'))),
    overflowsPerSecond: optional(gauge(text('每秒因表满失败的次数', 'Failures at a full table per second'), perSecond)),
  },
});

export const softnet = defineSection({
  id: 'softnet',
  domain: 'host',
  group: 'usage',
  purpose: text('内核收包积压队列', "The kernel's backlog of received packets"),
  fields: {
    cpus: counter(text('处理器数', 'Processors')),
    processedPerSecond: optional(gauge(text('每秒处理的包数', 'Packets processed per second'), perSecond)),
    droppedPerSecond: optional(gauge(text('每秒因积压队列满丢弃的包数', 'Packets dropped at a full backlog per second'), perSecond)),
    squeezedPerSecond: optional(gauge(text('每秒时间片用尽而仍有包待处理的次数', 'Times per second that the budget ran out with packets waiting'), perSecond)),
  },
});

export const RESOLVER_OPTIONS = [
  'rotate',
  'edns0',
  'use-vc',
  'single-request',
  'single-request-reopen',
  'no-check-names',
  'trust-ad',
  'no-aaaa',
  'no-reload',
  'no-tld-query',
  'inet6',
  'other',
] as const;

export const resolver = defineSection({
  id: 'resolver',
  domain: 'host',
  group: 'configuration',
  purpose: text('主机的域名解析配置（不含地址与域名）', "The host's name resolution (no addresses, no domains)"),
  fields: {
    nameservers: counter(text('域名服务器数', 'Name servers')),
    duplicateNameservers: counter(text('重复的域名服务器数', 'Name servers listed twice')),
    loopbackNameservers: counter(text('环回地址的域名服务器数', 'Name servers at loopback addresses')),
    upstreamNameservers: optional(counter(text('systemd-resolved 的上游域名服务器数', 'Upstream name servers of systemd-resolved'))),
    searchDomains: counter(text('搜索域数', 'Search domains')),
    searchLength: counter(text('搜索域总长度', 'Length of the search list'), 'value'),
    ndots: counter(text('ndots 选项', 'Option ndots'), 'value'),
    timeoutSeconds: counter(text('单次查询超时', 'Timeout of one query'), 'seconds'),
    attempts: counter(text('尝试次数', 'Attempts')),
    options: someOf(text('其他选项', 'Other options'), RESOLVER_OPTIONS),
  },
});

export const HOST_NETWORK_SECTIONS = { interfaces, bonds, tcp, conntrack, neighbours, softnet, resolver } as const;
