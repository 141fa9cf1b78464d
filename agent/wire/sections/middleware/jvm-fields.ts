/** Columns that products on a Java virtual machine share, what is known of any process, and what logs are counted for. */
import { bool, counter, gauge, name, oneOf, optional, percent, text, timestamp } from '../../fields.ts';

/** Of the process on the inspected host. */
export const PROCESS_FIELDS = {
  running: optional(bool(text('进程在运行', 'Its process runs'))),
  startedAt: optional(timestamp(text('启动时间', 'When it was started'))),
  runsAsRoot: optional(bool(text('以 root 运行', 'Runs as root'))),
  openFiles: optional(counter(text('打开的文件数', 'Open files'))),
  openFilesLimit: optional(counter(text('打开文件数上限（运行中的进程）', 'Limit of open files, of the running process'))),
  processesLimit: optional(counter(text('进程数上限（运行中的进程）', 'Limit of processes, of the running process'))),
  residentBytes: optional(gauge(text('常驻内存', 'Resident memory'), 'bytes')),
  processThreads: optional(counter(text('进程的线程数', 'Threads of the process'))),
  memoryLimitBytes: optional(gauge(text('内存上限（cgroup，无则为主机内存）', 'Limit of memory: its cgroup, else the machine'), 'bytes')),
  installFreeBytes: optional(gauge(text('安装目录所在文件系统的可用空间', 'Free space where it is installed'), 'bytes')),
  installTotalBytes: optional(gauge(text('安装目录所在文件系统的大小', 'Size of the file system where it is installed'), 'bytes')),
};

/** From the options it is started with, and from JMX. */
export const JVM_FIELDS = {
  javaMajor: optional(counter(text('JDK 主版本', 'Major version of Java'))),
  javaOptionsRead: optional(bool(text('读到了 JVM 启动参数', 'The options of the JVM could be read'))),
  heapStartBytes: optional(gauge(text('初始堆 -Xms', 'Heap at start, -Xms'), 'bytes')),
  heapMostBytes: optional(gauge(text('最大堆 -Xmx', 'Largest heap, -Xmx'), 'bytes')),
  metaspaceMostBytes: optional(gauge(text('元空间上限 MaxMetaspaceSize', 'Largest metaspace, MaxMetaspaceSize'), 'bytes')),
  heapDumpOnError: optional(bool(text('内存溢出时转储堆', 'Heap is dumped when memory runs out'))),
  gcLog: optional(bool(text('记录 GC 日志', 'GC log is on'))),
  heapUsedBytes: optional(gauge(text('堆已用', 'Heap in use'), 'bytes')),
  heapLimitBytes: optional(gauge(text('堆上限（运行中）', 'Limit of the heap, as it runs'), 'bytes')),
  gcTimePercent: optional(percent(text('启动以来 GC 耗时占比', 'Share of time in GC since it started'))),
  gcCount: optional(counter(text('启动以来 GC 次数', 'Collections since it started'))),
  fullGcCount: optional(counter(text('启动以来 Full GC 次数', 'Full collections since it started'))),
  fullGcPerHour: optional(gauge(text('每小时 Full GC 次数', 'Full collections an hour'), 'value')),
  jvmThreads: optional(counter(text('JVM 线程数', 'Threads of the JVM'))),
  deadlockedThreads: optional(counter(text('死锁的线程数', 'Threads in a deadlock'))),
};

/** Files whose being there is the fact. */
export const DUMP_FIELDS = {
  heapDumps: optional(counter(text('堆转储文件数', 'Heap dumps'))),
  heapDumpBytes: optional(gauge(text('堆转储文件总大小', 'Size of all heap dumps'), 'bytes')),
  newestHeapDumpAt: optional(timestamp(text('最新堆转储的时间', 'Newest heap dump'))),
  fatalErrorLogs: optional(counter(text('JVM 崩溃日志（hs_err）数', 'Fatal error logs (hs_err) of the JVM'))),
  newestFatalErrorAt: optional(timestamp(text('最新 JVM 崩溃日志的时间', 'Newest fatal error log'))),
  logBytes: optional(gauge(text('日志目录大小', 'Size of the log folder'), 'bytes')),
};
/** How far back logs are counted. */
export const LOG_FIELDS = {
  logComplete: optional(bool(text('所选日志完整读取', 'The logs that were chosen were read whole'))),
  logFiles: optional(counter(text('读取的日志文件数', 'Log files that were read'))),
};

/** What a listener of a servlet container carries; `connections` and `busyThreads` now, the rest since it started. */
export const TRAFFIC_FIELDS = {
  busyThreads: optional(counter(text('忙碌线程数', 'Busy threads'))),
  connections: optional(counter(text('连接数', 'Connections'))),
  requests: optional(counter(text('启动以来的请求数', 'Requests since it started'))),
  errors: optional(counter(text('启动以来的错误数', 'Errors since it started'))),
  averageMs: optional(gauge(text('平均处理时间', 'Average time of a request'), 'milliseconds')),
};

/** An application of a servlet container, one row each. */
export const APPLICATION_FIELDS = {
  instance: name(text('实例', 'Instance'), 'instance'),
  application: name(text('应用', 'Application'), 'application'),
  state: optional(oneOf(text('状态', 'State'), ['running', 'stopped', 'failed', 'other'])),
  sessions: optional(counter(text('活动会话数', 'Sessions'))),
  rejectedSessions: optional(counter(text('启动以来拒绝的会话数', 'Sessions rejected since it started'))),
};
