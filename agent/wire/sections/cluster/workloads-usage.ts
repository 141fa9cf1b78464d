/** What pods use, by workload and by namespace: beside what they ask for, it says where resources lie idle. */
import { counter, gauge, list, name, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { OWNER_KINDS } from './workloads-pods.ts';

const CPU = text('CPU 用量', 'CPU in use');
const MEMORY = text('内存用量（工作集）', 'Memory in use, working set');
const MEASURED = text('有数据的 Pod 数', 'Pods with data');

export const USAGE_SECTIONS = {
  workloadUsage: defineSection({
    id: 'workloadUsage',
    domain: 'cluster',
    group: 'usage',
    purpose: text('metrics-server 测得的各工作负载与命名空间的用量', 'Use by workload and namespace as metrics-server measures it'),
    fields: {
      pods: counter(MEASURED),
      oldestAt: optional(timestamp(text('最旧一条数据的时间', 'Time of the oldest value'))),
      cpuMillicores: gauge(CPU, 'millicores'),
      memoryBytes: gauge(MEMORY, 'bytes'),
      rows: list(text('用量最大的工作负载', 'The workloads that use most'), 1_000, {
        namespace: name(text('命名空间', 'Namespace'), 'namespace'),
        kind: oneOf(text('工作负载的类型；other 为从 Pod 名称看不出类型者', 'Kind of the workload; other where the name of the pod does not tell it'), OWNER_KINDS),
        name: name(text('工作负载', 'Workload'), 'workload'),
        pods: counter(MEASURED),
        cpuMillicores: gauge(CPU, 'millicores'),
        memoryBytes: gauge(MEMORY, 'bytes'),
      }),
      dropped: counter(text('超出上限而未列出的工作负载数', 'Workloads left out because of the cap')),
      byNamespace: list(text('各命名空间的用量', 'Use by namespace'), 1_000, {
        namespace: name(text('命名空间', 'Namespace'), 'namespace'),
        pods: counter(MEASURED),
        cpuMillicores: gauge(CPU, 'millicores'),
        memoryBytes: gauge(MEMORY, 'bytes'),
      }),
      namespacesDropped: counter(text('超出上限而未列出的命名空间数', 'Namespaces left out because of the cap')),
    },
  }),
} as const;
