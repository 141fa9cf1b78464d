/**
 * The self-check of the TongTech support policy (巡检模板): the four groups of its health check, for one middleware instance on one
 * host. The vendor's own form is not public; limits are those of our checks, or of the vendor's public tuning advice where named.
 */
import type { Form, FormChoice, FormItem } from './form.ts';
import { TONGTECH_ADVICE } from './tongtech-advice.ts';

const OWN = 'practice';
const VENDOR = 'TongWeb 性能调优建议';

const choice = (value: string, zh: string, en: string): FormChoice => ({ value, words: { zh, en } });
const ABOUT: readonly FormItem[] = [
  { id: 'customer', group: 'about', label: { zh: '客户名称', en: 'Customer' }, kind: 'text', required: true },
  { id: 'contact', group: 'about', label: { zh: '填写人', en: 'Filled in by' }, kind: 'text' },
  { id: 'date', group: 'about', label: { zh: '检查日期', en: 'Day of the check' }, kind: 'date', required: true },
  { id: 'host', group: 'about', label: { zh: '主机名', en: 'Host name' }, kind: 'text', required: true, how: { zh: 'hostname', en: 'hostname' } },
  {
    id: 'product',
    group: 'about',
    label: { zh: '产品', en: 'Product' },
    kind: 'choice',
    required: true,
    choices: [...['TongWeb', 'TongRDS', 'TongLINK/Q', 'TongHttpServer', 'TongEASY'].map((name) => choice(name, name, name)), choice('其他 other', '其他', 'other')],
  },
  {
    id: 'version',
    group: 'about',
    label: { zh: '产品版本（含补丁）', en: 'Product version with patches' },
    kind: 'text',
    required: true,
    how: { zh: 'bin/version.sh', en: 'bin/version.sh' },
  },
  { id: 'instance', group: 'about', label: { zh: '实例名', en: 'Instance' }, kind: 'text', required: true },
  {
    id: 'mode',
    group: 'about',
    label: { zh: '部署方式', en: 'Deployment' },
    kind: 'choice',
    choices: [choice('standalone', '单机', 'standalone'), choice('cluster', '集群', 'cluster'), choice('primary-replica', '主备', 'primary and replica')],
  },
  { id: 'ports', group: 'about', label: { zh: '端口（逗号分隔）', en: 'Ports, separated by commas' }, kind: 'text', how: { zh: 'ss -lntp', en: 'ss -lntp' } },
];
const PLATFORM: readonly FormItem[] = [
  {
    id: 'os',
    group: 'platform',
    label: { zh: '操作系统版本', en: 'Operating system' },
    kind: 'text',
    required: true,
    how: { zh: 'cat /etc/os-release', en: 'cat /etc/os-release' },
  },
  {
    id: 'os-patch-date',
    group: 'platform',
    label: { zh: '最近一次系统补丁日期', en: 'Day of the last system patch' },
    kind: 'date',
    how: { zh: 'rpm -qa --last | head -1', en: 'rpm -qa --last | head -1' },
  },
  { id: 'kernel', group: 'platform', label: { zh: '内核版本', en: 'Kernel' }, kind: 'text', how: { zh: 'uname -r', en: 'uname -r' } },
  { id: 'architecture', group: 'platform', label: { zh: 'CPU 架构', en: 'Architecture' }, kind: 'text', how: { zh: 'uname -m', en: 'uname -m' } },
  { id: 'jdk', group: 'platform', label: { zh: 'JDK 版本', en: 'JDK' }, kind: 'text', how: { zh: 'java -version', en: 'java -version' } },
  {
    ...{
      id: 'open-files',
      group: 'platform',
      label: { zh: '打开文件数上限', en: 'Limit of open files' },
      kind: 'number',
      unit: 'count',
      how: { zh: 'ulimit -n', en: 'ulimit -n' },
    },
    ...{ limit: { below: 65_535, severity: 'warning' }, advised: { zh: '≥ 65535', en: '≥ 65535' }, source: VENDOR },
  },
  {
    ...{
      id: 'swappiness',
      group: 'platform',
      label: { zh: 'vm.swappiness', en: 'vm.swappiness' },
      kind: 'number',
      unit: 'value',
      how: { zh: 'sysctl vm.swappiness', en: 'sysctl vm.swappiness' },
    },
    ...{ limit: { above: 30, severity: 'info' }, advised: { zh: '≤ 30', en: '≤ 30' }, source: OWN },
  },
  {
    ...{ id: 'somaxconn', group: 'platform', label: { zh: 'net.core.somaxconn', en: 'net.core.somaxconn' }, kind: 'number', unit: 'count' },
    ...{
      how: { zh: 'sysctl net.core.somaxconn', en: 'sysctl net.core.somaxconn' },
      limit: { below: 1_024, severity: 'info' },
      advised: { zh: '≥ 1024', en: '≥ 1024' },
      source: OWN,
    },
  },
  {
    ...{ id: 'tcp-fin-timeout', group: 'platform', label: { zh: 'net.ipv4.tcp_fin_timeout', en: 'net.ipv4.tcp_fin_timeout' }, kind: 'number', unit: 'seconds' },
    ...{
      how: { zh: 'sysctl net.ipv4.tcp_fin_timeout', en: 'sysctl net.ipv4.tcp_fin_timeout' },
      limit: { above: 60, severity: 'info' },
      advised: { zh: '≤ 60（东方通建议 10）', en: '≤ 60 (TongTech advises 10)' },
      source: VENDOR,
    },
  },
  {
    ...{ id: 'time-sync', group: 'platform', label: { zh: '时间是否同步', en: 'Is the clock synchronised' }, kind: 'yes-no', how: { zh: 'timedatectl', en: 'timedatectl' } },
    ...{ limit: { not: 'yes', severity: 'warning' }, advised: { zh: '是', en: 'yes' }, source: OWN },
  },
];
const RESOURCES: readonly FormItem[] = [
  { id: 'cpu-cores', group: 'resources', label: { zh: 'CPU 核数', en: 'CPU cores' }, kind: 'number', unit: 'count', how: { zh: 'nproc', en: 'nproc' } },
  {
    ...{
      id: 'cpu-used',
      group: 'resources',
      label: { zh: 'CPU 使用率（忙时）', en: 'CPU use at busy hours' },
      kind: 'number',
      unit: 'percent',
      how: { zh: 'sar -u 1 60', en: 'sar -u 1 60' },
    },
    ...{ limit: { above: 80, severity: 'warning' }, advised: { zh: '≤ 80 %', en: '≤ 80 %' }, source: OWN },
  },
  { id: 'memory-total', group: 'resources', label: { zh: '内存总量（GiB）', en: 'Memory in GiB' }, kind: 'number', unit: 'value', how: { zh: 'free -g', en: 'free -g' } },
  {
    ...{ id: 'memory-used', group: 'resources', label: { zh: '内存使用率', en: 'Memory use' }, kind: 'number', unit: 'percent', how: { zh: 'free -m', en: 'free -m' } },
    ...{ limit: { above: 90, severity: 'warning' }, advised: { zh: '≤ 90 %', en: '≤ 90 %' }, source: OWN },
  },
  {
    ...{
      id: 'disk-used',
      group: 'resources',
      label: { zh: '安装盘使用率', en: 'Use of the disk it is installed on' },
      kind: 'number',
      unit: 'percent',
      how: { zh: 'df -h 安装目录', en: 'df -h of the install folder' },
    },
    ...{ limit: { above: 85, severity: 'warning' }, advised: { zh: '≤ 85 %', en: '≤ 85 %' }, source: OWN },
  },
  {
    ...{
      id: 'log-disk-used',
      group: 'resources',
      label: { zh: '日志盘使用率', en: 'Use of the disk of its logs' },
      kind: 'number',
      unit: 'percent',
      how: { zh: 'df -h 日志目录', en: 'df -h of the log folder' },
    },
    ...{ limit: { above: 85, severity: 'warning' }, advised: { zh: '≤ 85 %', en: '≤ 85 %' }, source: OWN },
  },
  {
    ...{
      id: 'bandwidth-used',
      group: 'resources',
      label: { zh: '网卡带宽使用率（忙时）', en: 'Use of the network at busy hours' },
      kind: 'number',
      unit: 'percent',
      how: { zh: 'sar -n DEV 1 60', en: 'sar -n DEV 1 60' },
    },
    ...{ limit: { above: 70, severity: 'warning' }, advised: { zh: '≤ 70 %', en: '≤ 70 %' }, source: OWN },
  },
];
const LOAD: readonly FormItem[] = [
  {
    ...{
      id: 'heap-used',
      group: 'load',
      label: { zh: '堆内存使用率（Full GC 后）', en: 'Heap use after a full collection' },
      kind: 'number',
      unit: 'percent',
      how: { zh: '控制台 / jstat -gcutil', en: 'console, or jstat -gcutil' },
    },
    ...{ limit: { above: 85, severity: 'warning' }, advised: { zh: '≤ 85 %', en: '≤ 85 %' }, source: OWN },
  },
  {
    ...{
      id: 'full-gc-per-hour',
      group: 'load',
      label: { zh: '每小时 Full GC 次数', en: 'Full collections an hour' },
      kind: 'number',
      unit: 'count',
      how: { zh: 'jstat -gcutil', en: 'jstat -gcutil' },
    },
    ...{ limit: { above: 5, severity: 'warning' }, advised: { zh: '≤ 5', en: '≤ 5' }, source: OWN },
  },
  {
    ...{
      id: 'threads-used',
      group: 'load',
      label: { zh: '线程池使用率（忙时）', en: 'Use of the thread pool at busy hours' },
      kind: 'number',
      unit: 'percent',
      how: { zh: '控制台 > 监视 > 线程池', en: 'console, monitoring, thread pool' },
    },
    ...{ limit: { above: 80, severity: 'warning' }, advised: { zh: '≤ 80 %', en: '≤ 80 %' }, source: OWN },
  },
  {
    ...{
      id: 'connections-used',
      group: 'load',
      label: { zh: '数据源连接使用率（忙时）', en: 'Use of the data source at busy hours' },
      kind: 'number',
      unit: 'percent',
      how: { zh: '控制台 > 监视 > 数据源', en: 'console, monitoring, data sources' },
    },
    ...{ limit: { above: 80, severity: 'warning' }, advised: { zh: '≤ 80 %', en: '≤ 80 %' }, source: OWN },
  },
  { id: 'requests-per-second', group: 'load', label: { zh: '峰值每秒请求数', en: 'Requests a second at the peak' }, kind: 'number', unit: 'per-second' },
  { id: 'response-time', group: 'load', label: { zh: '平均响应时间', en: 'Mean time to answer' }, kind: 'number', unit: 'milliseconds' },
];
const CONFIGURATION: readonly FormItem[] = [
  {
    id: '-Xmx',
    group: 'configuration',
    label: { zh: '-Xmx（MiB）', en: '-Xmx in MiB' },
    kind: 'number',
    unit: 'value',
    how: { zh: 'bin/external.vmoptions', en: 'bin/external.vmoptions' },
  },
  {
    id: 'maxThreads',
    group: 'configuration',
    label: { zh: 'HTTP 通道最大线程数', en: 'Most threads of the HTTP connector' },
    kind: 'number',
    unit: 'count',
    how: { zh: 'conf/tongweb.xml', en: 'conf/tongweb.xml' },
  },
  {
    id: 'pool-max',
    group: 'configuration',
    label: { zh: '数据源最大连接数', en: 'Most connections of the data source' },
    kind: 'number',
    unit: 'count',
    how: { zh: 'conf/tongweb.xml', en: 'conf/tongweb.xml' },
  },
  {
    ...{ id: 'default-password', group: 'configuration', label: { zh: '控制台是否仍为默认口令', en: 'Does the console still have its first password' }, kind: 'yes-no' },
    ...{ limit: { not: 'no', severity: 'critical' }, advised: { zh: '否', en: 'no' }, source: OWN },
  },
  {
    ...{ id: 'console-restricted', group: 'configuration', label: { zh: '控制台是否限制访问来源', en: 'Is the console restricted to some addresses' }, kind: 'yes-no' },
    ...{ limit: { not: 'yes', severity: 'warning' }, advised: { zh: '是', en: 'yes' }, source: OWN },
  },
  { id: 'license-until', group: 'configuration', label: { zh: '许可到期日', en: 'Licence until' }, kind: 'date', how: { zh: 'license.dat', en: 'license.dat' } },
  {
    id: 'backup',
    group: 'configuration',
    label: { zh: '配置与应用是否有备份', en: 'Are configuration and applications backed up' },
    kind: 'yes-no',
    limit: { not: 'yes', severity: 'warning' },
    advised: { zh: '是', en: 'yes' },
    source: OWN,
  },
];
const LOG: readonly FormItem[] = [
  {
    ...{
      id: 'oom-count',
      group: 'log',
      label: { zh: '近半年 OutOfMemoryError 次数', en: 'OutOfMemoryError in the last half year' },
      kind: 'number',
      unit: 'count',
      how: { zh: 'grep -c OutOfMemoryError logs/server.log*', en: 'grep -c OutOfMemoryError logs/server.log*' },
    },
    ...{ limit: { above: 0, severity: 'critical' }, advised: { zh: '0', en: '0' }, source: OWN },
  },
  {
    ...{ id: 'stuck-threads', group: 'log', label: { zh: '近半年线程阻塞告警次数', en: 'Warnings of stuck threads in the last half year' }, kind: 'number', unit: 'count' },
    ...{ limit: { above: 0, severity: 'warning' }, advised: { zh: '0', en: '0' }, source: OWN },
  },
  {
    id: 'severe-per-day',
    group: 'log',
    label: { zh: '日均 ERROR/SEVERE 行数', en: 'ERROR or SEVERE lines a day' },
    kind: 'number',
    unit: 'count',
    limit: { above: 100, severity: 'warning' },
    advised: { zh: '≤ 100', en: '≤ 100' },
    source: OWN,
  },
  {
    id: 'restarts',
    group: 'log',
    label: { zh: '近半年非计划重启次数', en: 'Unplanned restarts in the last half year' },
    kind: 'number',
    unit: 'count',
    limit: { above: 0, severity: 'warning' },
    advised: { zh: '0', en: '0' },
    source: OWN,
  },
];

export const tongtechSelfCheck: Form = {
  id: 'tongtech-self-check',
  version: 1,
  title: { zh: '东方通中间件自检表', en: 'TongTech middleware self-check' },
  intro: {
    zh: '一个实例填写一份。只填写“填写值”一列；不清楚的留空，留空的项目记为未检查。不要填写口令、密钥和业务数据。',
    en: 'One form an instance. Fill in the column "Answer" only; leave empty what you do not know: it counts as not checked. Enter no passwords, keys or business data.',
  },
  items: [...ABOUT, ...PLATFORM, ...RESOURCES, ...LOAD, ...CONFIGURATION, ...LOG].map((item) => ({ ...item, ...TONGTECH_ADVICE[item.id] })),
};
