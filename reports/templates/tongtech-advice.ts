/** What is said about an answer of the self-check that is beyond its limit: the problem by name, and what to do. */
import type { Text } from '../../agent/wire/vocabulary.ts';

export interface FormAdvice {
  readonly problem: Text;
  readonly remedy: Text;
}
function advice(zh: string, en: string, remedyZh: string, remedyEn: string): FormAdvice {
  return { problem: { zh, en }, remedy: { zh: remedyZh, en: remedyEn } };
}

/** By id of the item; every item with a limit has one. */
export const TONGTECH_ADVICE: Readonly<Record<string, FormAdvice>> = {
  'open-files': advice(
    '打开文件数上限过低',
    'Low limit of open files',
    '在 /etc/security/limits.conf 或 systemd 单元（LimitNOFILE）中设为 65535 以上，重启实例后用 `grep "open files" /proc/<pid>/limits` 核对。',
    'Set 65535 or more in /etc/security/limits.conf or as LimitNOFILE of the systemd unit, restart the instance and confirm by `grep "open files" /proc/<pid>/limits`.',
  ),
  swappiness: advice(
    '过早使用交换分区',
    'Swapping begins too early',
    '在 /etc/sysctl.d/ 中把 vm.swappiness 调到 30 以下，避免 JVM 内存被换出。',
    'Lower vm.swappiness to 30 or less in /etc/sysctl.d/, so that memory of the JVM stays in place.',
  ),
  somaxconn: advice(
    '监听队列上限过低',
    'Limit of listen queues too low',
    '在 /etc/sysctl.d/ 中把 net.core.somaxconn 调到 1024 以上，并重启实例。',
    'Raise net.core.somaxconn to 1024 or more in /etc/sysctl.d/ and restart the instance.',
  ),
  'tcp-fin-timeout': advice(
    'TCP FIN 等待时间过长',
    'TCP FIN timeout too long',
    '在 /etc/sysctl.d/ 中调低 net.ipv4.tcp_fin_timeout。',
    'Lower net.ipv4.tcp_fin_timeout in /etc/sysctl.d/.',
  ),
  'time-sync': advice(
    '时间未同步',
    'The clock is not synchronised',
    '启用 chronyd 或 ntpd 并指向可用的时间源，用 `timedatectl` 核对。',
    'Enable chronyd or ntpd with a time source that answers, and confirm by `timedatectl`.',
  ),
  'cpu-used': advice(
    '忙时 CPU 使用率高',
    'High CPU use at busy hours',
    '用 `top -H -p <pid>` 与 `jstack <pid>` 找出占用最高的线程；优化应用或扩容。',
    'Find the busiest threads by `top -H -p <pid>` and `jstack <pid>`; mend the application or add capacity.',
  ),
  'memory-used': advice(
    '内存使用率高',
    'High memory use',
    '核对各进程的 -Xmx 之和与物理内存；为系统与堆外内存留出余量，或扩容。',
    'Compare the sum of -Xmx of all processes with the memory of the machine; leave room for the system and for memory outside the heap, or add memory.',
  ),
  'disk-used': advice(
    '安装盘空间不足',
    'Little space on the disk it is installed on',
    '清理旧的安装包、快照与转储文件，或扩容；快照默认会持续写盘，应限制其保留。',
    'Remove old packages, snapshots and dumps, or enlarge the disk; snapshots keep writing by default and want a limit.',
  ),
  'log-disk-used': advice(
    '日志盘空间不足',
    'Little space on the disk of its logs',
    '核对日志轮转的大小与份数，归档或清理旧日志，或扩容。',
    'Check size and number of rotated logs, archive or remove old ones, or enlarge the disk.',
  ),
  'bandwidth-used': advice(
    '忙时网卡带宽接近饱和',
    'Network nearly full at busy hours',
    '确认占用带宽的业务；压缩或缓存静态内容，或提升带宽。',
    'Find what uses the bandwidth; compress or cache static content, or get more bandwidth.',
  ),
  'heap-used': advice(
    'Full GC 后堆内存使用率仍高',
    'Heap stays full after a full collection',
    '用 `jmap -histo:live <pid>` 查看占用最多的对象；排除泄漏后再评估增大 -Xmx。',
    'See the largest objects by `jmap -histo:live <pid>`; rule a leak out before raising -Xmx.',
  ),
  'full-gc-per-hour': advice(
    'Full GC 频繁',
    'Frequent full collections',
    '开启并分析 GC 日志；检查堆大小、大对象与元空间设置。',
    'Turn the GC log on and read it; check the size of the heap, large objects and the metaspace.',
  ),
  'threads-used': advice(
    '线程池接近耗尽',
    'Thread pool nearly exhausted',
    '用 `jstack <pid>` 查看线程在等待什么；先处理慢请求，再评估增大最大线程数。',
    'See by `jstack <pid>` what threads wait for; mend slow requests before raising the limit.',
  ),
  'connections-used': advice(
    '数据源连接接近耗尽',
    'Data source nearly out of connections',
    '检查连接泄漏与慢 SQL；增大最大连接数前，核对所有实例之和不超过数据库上限。',
    'Look for leaked connections and slow statements; before raising the limit, see that all instances together stay below that of the database.',
  ),
  'default-password': advice(
    '控制台仍为默认口令',
    'The console still has its first password',
    '立即修改控制台各账号的默认口令，并核对登录审计日志。',
    'Change the first passwords of all accounts of the console at once, and look through its log of logins.',
  ),
  'console-restricted': advice(
    '控制台未限制访问来源',
    'The console can be reached from anywhere',
    '用防火墙或受信任 IP 配置，只允许管理网段访问控制台端口。',
    'Let only the management network reach the port of the console, by firewall or by trusted addresses.',
  ),
  backup: advice(
    '配置与应用没有备份',
    'Configuration and applications are not backed up',
    '备份安装目录的配置、应用与 license.dat，并做一次恢复演练。',
    'Back up the configuration, the applications and license.dat of the install folder, and try a restore once.',
  ),
  'oom-count': advice(
    '发生过 OutOfMemoryError',
    'OutOfMemoryError has occurred',
    '确认发生时间与类型；开启 -XX:+HeapDumpOnOutOfMemoryError，保留转储供售后工程师分析。',
    'Establish when and of which kind; set -XX:+HeapDumpOnOutOfMemoryError and keep the dump for the support engineer.',
  ),
  'stuck-threads': advice(
    '出现过线程阻塞告警',
    'Threads were reported as stuck',
    '在告警时刻保留 `jstack <pid>` 三次，查明阻塞的外部调用并设置超时。',
    'Keep three `jstack <pid>` of such a moment, find the outside call that blocks and give it a timeout.',
  ),
  'severe-per-day': advice(
    'ERROR/SEVERE 日志过多',
    'Many ERROR or SEVERE lines',
    '按来源统计前几类错误并逐类处理，避免日志掩盖真正的故障。',
    'Count the errors by source and mend the most frequent kinds, so that they do not hide a real fault.',
  ),
  restarts: advice(
    '发生过非计划重启',
    'Unplanned restarts',
    '核对重启前的系统日志、OOM 记录与 hs_err_pid*.log，查明原因。',
    'Read the system log, the OOM records and hs_err_pid*.log from before the restarts to find the cause.',
  ),
};
