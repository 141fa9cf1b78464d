/** Sections about the clock and about systemd's units. */
import { bool, counter, gauge, list, name, oneOf, optional, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Programs that keep the clock. */
export const TIME_SERVICES = ['chrony', 'ntpd', 'ntpsec', 'timesyncd', 'openntpd', 'ptp4l'] as const;
export type TimeService = (typeof TIME_SERVICES)[number];

const CENTURY_MS = 100 * 366 * 86_400_000;

export const timeSync = defineSection({
  id: 'timeSync',
  domain: 'host',
  group: 'configuration',
  purpose: text(
    '时间同步：使用的服务、时间源数量、与时间源的偏差（不含时间源地址）',
    'Clock synchronisation: service, number of sources and the offset from them, never their addresses',
  ),
  fields: {
    service: oneOf(text('正在运行的时间同步服务', 'Time service that is running'), [...TIME_SERVICES, 'none']),
    running: someOf(text('正在运行的全部时间同步服务', 'All time services that are running'), TIME_SERVICES),
    configured: someOf(text('有配置文件的时间同步服务', 'Time services with a configuration file'), TIME_SERVICES),
    sources: optional(counter(text('配置的时间服务器数', 'Configured time servers'))),
    pools: optional(counter(text('配置的时间服务器池数', 'Configured pools of time servers'))),
    referenceClocks: optional(counter(text('配置的本地参考时钟数', 'Configured local reference clocks'))),
    sourcesAsked: counter(text('本次询问的时间源数', 'Sources asked by this inspection')),
    sourcesAnswered: counter(text('给出有效应答的时间源数', 'Sources that gave a valid answer')),
    offsetMs: optional(
      gauge(text('本机时钟与时间源的偏差（正数表示本机偏慢）', 'Offset of the source from this clock; positive when this clock is behind'), 'milliseconds', {
        min: -CENTURY_MS,
        max: CENTURY_MS,
      }),
    ),
    roundTripMs: optional(
      gauge(text('询问时间源的往返时延，其一半是偏差的误差上限', 'Round trip to the source; half of it bounds the error of the offset'), 'milliseconds', { max: 60_000 }),
    ),
    disagreementMs: optional(gauge(text('两个时间源之间的差异', 'Difference between two sources'), 'milliseconds', { max: CENTURY_MS })),
    stratum: optional(gauge(text('时间源的层级', 'Stratum of the source'), 'value', { min: 1, max: 15 })),
    synchronised: optional(bool(text('系统报告时钟已同步', 'The system reports a synchronised clock'))),
  },
});

export const SYSTEM_STATES = ['running', 'degraded', 'initializing', 'starting', 'maintenance', 'stopping', 'offline', 'unknown'] as const;
export const UNIT_TYPES = ['service', 'socket', 'mount', 'automount', 'timer', 'target', 'device', 'swap', 'path', 'slice', 'scope', 'other'] as const;
/** What a unit is for a Kubernetes node; decides how bad its failure is. */
export const UNIT_ROLES = ['kubelet', 'container-runtime', 'etcd', 'time', 'network', 'other'] as const;

export const systemd = defineSection({
  id: 'systemd',
  domain: 'host',
  group: 'inventory',
  purpose: text('systemd 状态：失败的单元和反复重启的服务', 'State of systemd: failed units and services that restart again and again'),
  fields: {
    state: oneOf(text('系统状态', 'State of the system'), SYSTEM_STATES),
    uptimeSeconds: optional(gauge(text('开机时长', 'Time since boot'), 'seconds')),
    failedUnits: counter(text('失败的单元数', 'Failed units')),
    queuedJobs: optional(counter(text('排队中的任务数', 'Jobs in the queue'))),
    failed: list(text('失败的单元', 'Failed units'), 100, {
      unit: name(text('单元名', 'Unit'), 'unit'),
      type: oneOf(text('单元类型', 'Type of the unit'), UNIT_TYPES),
      role: oneOf(text('单元在节点上的作用', 'What the unit is for the node'), UNIT_ROLES),
    }),
    restarting: list(text('被自动重启过的服务', 'Services that were restarted automatically'), 100, {
      unit: name(text('单元名', 'Unit'), 'unit'),
      role: oneOf(text('单元在节点上的作用', 'What the unit is for the node'), UNIT_ROLES),
      restarts: optional(counter(text('自动重启次数', 'Automatic restarts'))),
      waiting: bool(text('正在等待下一次自动重启', 'Waiting for the next automatic restart')),
      activeSeconds: optional(gauge(text('最近一次启动至今的时长', 'Time since it was last started'), 'seconds')),
    }),
    dropped: counter(text('因数量上限而未列出的单元数', 'Units left out because of the cap')),
  },
});
