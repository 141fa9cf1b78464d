/** How much of the machine is in use: processors, memory, processes. */
import { counter, type GaugeField, gauge, type Optional, optional, percent, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { ROLE_FIELDS } from './system-roles.ts';

export const cpu = defineSection({
  id: 'cpu',
  domain: 'host',
  group: 'usage',
  purpose: text('处理器使用率（两次采样之间的速率，不是开机以来的平均值）', 'Processor use, as a rate between two samples, not an average since boot'),
  fields: {
    cores: counter(text('逻辑处理器数', 'Logical processors')),
    userPercent: optional(percent(text('用户态时间占比', 'Time in user mode'))),
    systemPercent: optional(percent(text('内核态时间占比', 'Time in kernel mode'))),
    iowaitPercent: optional(percent(text('等待磁盘的时间占比', 'Time waiting for disks'))),
    stealPercent: optional(percent(text('被宿主机占用的时间占比', 'Time taken by the hypervisor'))),
    busyPercent: optional(percent(text('总使用率', 'Total use'))),
    sampleSeconds: optional(gauge(text('采样间隔', 'Interval of the samples'), 'seconds', { max: 86_400 })),
  },
});

export const load = defineSection({
  id: 'load',
  domain: 'host',
  group: 'usage',
  purpose: text('系统负载', 'Load of the machine'),
  fields: {
    load1: gauge(text('1 分钟平均负载', 'Load average of 1 minute'), 'value'),
    load5: gauge(text('5 分钟平均负载', 'Load average of 5 minutes'), 'value'),
    load15: gauge(text('15 分钟平均负载', 'Load average of 15 minutes'), 'value'),
    cores: counter(text('逻辑处理器数', 'Logical processors')),
    running: optional(counter(text('可运行的任务数', 'Tasks that run or could run'))),
    blocked: optional(counter(text('等待磁盘的任务数', 'Tasks that wait for disks'))),
  },
});

const STALL = text('任务因资源不足而停顿的时间占比', 'Share of time in which tasks were stalled');
/** The averages of both lines of one file below `/proc/pressure`. */
function averages<const R extends string>(resource: R) {
  type Key = `${R}${'Some' | 'Full'}${10 | 60 | 300}Percent`;
  const keys = ['Some', 'Full'].flatMap((line) => [10, 60, 300].map((seconds) => `${resource}${line}${seconds}Percent`));
  return Object.fromEntries(keys.map((key) => [key, optional(percent(STALL))])) as Record<Key, Optional<GaugeField>>; // the keys were just built from these parts
}

export const pressure = defineSection({
  id: 'pressure',
  domain: 'host',
  group: 'usage',
  purpose: text(
    '资源压力（PSI）：10、60、300 秒内有任务（some）或全部任务（full）停顿的时间占比',
    'Pressure stall information: share of 10, 60 and 300 s in which some or all tasks were stalled',
  ),
  fields: { ...averages('cpu'), ...averages('memory'), ...averages('io') },
});

export const memory = defineSection({
  id: 'memory',
  domain: 'host',
  group: 'usage',
  purpose: text('内存与交换分区', 'Memory and swap'),
  fields: {
    totalBytes: counter(text('内存总量', 'Memory'), 'bytes'),
    availableBytes: counter(text('可用内存', 'Memory that can be had without swapping'), 'bytes'),
    usedPercent: percent(text('内存使用率', 'Memory in use')),
    swapTotalBytes: counter(text('交换空间总量', 'Swap space'), 'bytes'),
    swapFreeBytes: counter(text('空闲交换空间', 'Free swap space'), 'bytes'),
    dirtyBytes: optional(counter(text('待写回的脏页', 'Pages that wait to be written, or are being written'), 'bytes')),
    slabBytes: optional(counter(text('内核对象缓存', 'Object caches of the kernel'), 'bytes')),
    slabUnreclaimableBytes: optional(counter(text('不可回收的内核对象缓存', 'Object caches that cannot be reclaimed'), 'bytes')),
    pageTableBytes: optional(counter(text('页表', 'Page tables'), 'bytes')),
    committedBytes: optional(counter(text('已承诺的内存', 'Memory promised to processes'), 'bytes')),
    commitLimitBytes: optional(counter(text('可承诺内存上限', 'Most that may be promised'), 'bytes')),
    hugePages: optional(counter(text('预留的大页数', 'Reserved huge pages'))),
    hugePagesFree: optional(counter(text('空闲的大页数', 'Huge pages that nobody uses'))),
    hugePageBytes: optional(counter(text('大页大小', 'Size of a huge page'), 'bytes')),
    corruptedBytes: optional(counter(text('因硬件错误停用的内存', 'Memory taken out of use after hardware errors'), 'bytes')),
    majorFaultsPerSecond: optional(gauge(text('每秒主缺页数', 'Major page faults per second'), 'per-second')),
    swapPagesPerSecond: optional(gauge(text('每秒换入换出页数', 'Pages swapped in and out per second'), 'per-second')),
    oomKills: optional(counter(text('开机以来因内存不足被杀的进程数', 'Processes killed for lack of memory since boot'))),
    oomKillsInSample: optional(counter(text('采样期间因内存不足被杀的进程数', 'Processes killed for lack of memory between the samples'))),
    sampleSeconds: optional(gauge(text('采样间隔', 'Interval of the samples'), 'seconds', { max: 86_400 })),
  },
});

/** Programs that settings of the kernel matter for, by the name of their process. */
export const PROGRAMS = [
  'kubelet',
  'containerd',
  'dockerd',
  'crio',
  'isulad',
  'etcd',
  'kube-apiserver',
  'kube-proxy',
  'cilium-agent',
  'calico-node',
  'flanneld',
  'kube-ovn-cni',
  'kube-router',
  'antrea-agent',
  'redis',
  'mongodb',
  'mysql',
  'postgresql',
  'oracle',
  'dameng',
  'kingbase',
  'gaussdb',
  'oceanbase',
  'clickhouse',
  'tidb',
  'java',
  'rabbitmq',
  'nginx',
  'haproxy',
  'keepalived',
  'envoy',
] as const;

export const processes = defineSection({
  id: 'processes',
  domain: 'host',
  group: 'usage',
  purpose: text('进程、线程与文件句柄', 'Processes, threads and file handles'),
  fields: {
    filesOpen: optional(counter(text('已分配的文件句柄', 'Allocated file handles'))),
    filesMax: optional(counter(text('文件句柄上限', 'Most file handles'))),
    threads: optional(counter(text('线程总数', 'Threads'))),
    pidMax: optional(counter(text('进程号上限', 'Largest process number'))),
    threadsMax: optional(counter(text('线程数上限', 'Most threads'))),
    total: optional(counter(text('进程总数', 'Processes'))),
    dropped: counter(text('超出扫描上限而未查看的进程数', 'Processes beyond the limit of the scan, not looked at')),
    zombies: optional(counter(text('僵尸进程数', 'Zombie processes'))),
    uninterruptible: optional(counter(text('不可中断睡眠的进程数', 'Processes in uninterruptible sleep'))),
    programs: optional(someOf(text('正在运行的已知软件', 'Known programs that run'), PROGRAMS)),
    ...ROLE_FIELDS,
  },
});
