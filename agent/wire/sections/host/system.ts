/** Sections about the machine's operating system, processors, memory and processes. */
import { counter, gauge, optional, percent, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';

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

export const HOST_SYSTEM_SECTIONS = { cpu } as const;
