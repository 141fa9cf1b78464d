import { defineCheck } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const somaxconnLow = defineCheck({
  id: 'os-somaxconn-low',
  area: 'os',
  title: { zh: '监听队列上限过低', en: 'Listen queue limit too low' },
  why: {
    zh: '突发连接超出队列即被丢弃，客户端看到连接超时，而服务本身显得空闲。',
    en: 'Bursts that exceed the queue are dropped: clients see connection timeouts while the service appears idle.',
  },
  remedy: {
    zh: '执行 `sysctl net.core.somaxconn` 查看当前值；在 `/etc/sysctl.d/` 中调高该值，再重启监听的服务（队列长度在监听时确定）；用 `nstat -az TcpExtListenOverflows` 确认是否已经溢出。',
    en: 'Run `sysctl net.core.somaxconn` to check the current value; raise it in `/etc/sysctl.d/` and restart the listening services (the queue length is set when listening starts). Use `nstat -az TcpExtListenOverflows` to check whether queues have already overflowed.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'count',
  threshold: { minimumCount: 4_096, ...profileThreshold('net.core.somaxconn', 'Count') },
  source: 'kernel default since 5.4: 4096; KubeEye asks for 32768; the profiles of the roles',

  evaluate(sections, threshold) {
    return judgeProfiledSysctl(sections, { parameter: 'net.core.somaxconn', unit: 'Count', threshold });
  },
});
