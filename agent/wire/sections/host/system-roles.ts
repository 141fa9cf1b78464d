/** What a machine is for, told by what runs or is installed on it, and who tunes its kernel. */
import { counter, list, oneOf, optional, text } from '../../fields.ts';

/** Each has a profile of kernel parameters and limits in `agent/checks/host-profiles.ts`. */
export const HOST_ROLES = [
  'kubernetes-node',
  'redis',
  'mysql',
  'postgresql',
  'mongodb',
  'other-database', // Oracle, DM, KingbaseES, GaussDB, OceanBase, TiDB, ClickHouse
  'elasticsearch',
  'kafka',
  'rabbitmq',
  'java-server', // TongWeb, Tomcat
  'tonglinkq',
  'nginx',
  'tonghttpserver',
] as const;
export type HostRole = (typeof HOST_ROLES)[number];

/** Profiles of tuned as it is delivered; `other`: one of the site's own; `none`: nobody chose one. */
export const TUNED_PROFILES = [
  'none',
  'other',
  'accelerator-performance',
  'atomic-guest',
  'atomic-host',
  'aws',
  'balanced',
  'cpu-partitioning',
  'desktop',
  'enterprise-storage',
  'hpc-compute',
  'latency-performance',
  'mssql',
  'network-latency',
  'network-throughput',
  'openshift',
  'openshift-control-plane',
  'openshift-node',
  'oracle',
  'postgresql',
  'powersave',
  'realtime',
  'realtime-virtual-guest',
  'realtime-virtual-host',
  'sap-hana',
  'sap-netweaver',
  'throughput-performance',
  'virtual-guest',
  'virtual-host',
] as const;
export type TunedProfile = (typeof TUNED_PROFILES)[number];

export const ROLE_FIELDS = {
  roles: optional(
    list(text('主机角色（由运行或安装的软件判定）', 'Roles of the machine, told by what runs or is installed on it'), HOST_ROLES.length, {
      role: oneOf(text('角色', 'Role'), HOST_ROLES),
      processes: counter(text('进程数', 'Processes')),
      openFilesLimit: optional(counter(text('这些进程中最低的打开文件数软限制', 'Lowest soft limit of open files among them'))),
      processesLimit: optional(counter(text('这些进程中最低的进程数软限制', 'Lowest soft limit of processes among them'))),
    }),
  ),
  tunedProfile: optional(oneOf(text('生效的 tuned 配置', 'Profile of tuned in force'), TUNED_PROFILES)),
};
