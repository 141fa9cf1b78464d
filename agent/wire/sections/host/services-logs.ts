/** The section about logs, their rotation and what crashes leave behind. */
import { bool, counter, map, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Kinds of logs below `/var/log`. */
export const LOG_CATEGORIES = ['journal', 'containers', 'audit', 'kubernetes', 'system', 'packages', 'middleware', 'other'] as const;
export type LogCategory = (typeof LOG_CATEGORIES)[number];

export const logs = defineSection({
  id: 'logs',
  domain: 'host',
  group: 'usage',
  purpose: text('日志占用、轮转与崩溃转储（只有大小、数量和时间）', 'Space of logs, their rotation and crash dumps: sizes, counts and times only'),
  fields: {
    logBytes: counter(text('/var/log 的大小', 'Size of /var/log'), 'bytes'),
    bytesByCategory: map(text('/var/log 各类日志的大小', 'Size of /var/log by kind'), LOG_CATEGORIES, 'bytes'),
    largestCategory: optional(oneOf(text('最大的一类日志', 'Largest kind of logs'), LOG_CATEGORIES)),
    largestFileBytes: counter(text('最大的日志文件', 'Largest log file'), 'bytes'),
    runtimeLogBytes: optional(counter(text('容器运行时目录中的容器日志大小', 'Container logs in the directory of the runtime'), 'bytes')),
    complete: bool(text('已统计全部日志文件', 'All log files were counted')),
    journaldStorage: optional(oneOf(text('journald 存储方式', 'Storage setting of journald'), ['auto', 'persistent', 'volatile', 'none'])),
    journaldPersistent: optional(bool(text('journald 日志在重启后保留', 'The journal survives a reboot'))),
    journaldLimited: optional(bool(text('journald 设置了大小上限', 'The journal has an explicit size limit'))),
    journalBytes: optional(counter(text('journald 日志大小', 'Size of the journal'), 'bytes')),
    syslogPresent: bool(text('存在系统日志文件', 'Syslog files exist')),
    remoteLogging: optional(bool(text('系统日志转发到远端', 'Syslog is forwarded to another host'))),
    logrotatePresent: bool(text('已安装并配置 logrotate', 'logrotate is installed and configured')),
    logrotateScheduled: optional(bool(text('logrotate 有定时任务', 'logrotate is scheduled'))),
    logrotateRanAt: optional(timestamp(text('logrotate 最近一次运行', 'Last run of logrotate'))),
    retentionDays: optional(counter(text('系统日志按配置保留的天数', 'Days that syslog files are kept by configuration'), 'days')),
    kernelDumps: optional(counter(text('内核崩溃转储数', 'Kernel crash dumps'))),
    newestKernelDumpAt: optional(timestamp(text('最近一次内核崩溃转储', 'Newest kernel crash dump'))),
    coreDumps: optional(counter(text('程序崩溃转储数', 'Core dumps of programs'))),
    newestCoreDumpAt: optional(timestamp(text('最近一次程序崩溃转储', 'Newest core dump of a program'))),
  },
});
