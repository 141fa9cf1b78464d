import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const containerOom = defineCheck({
  id: 'service-container-oom',
  area: 'service',
  title: { zh: '容器达到内存限制，进程被终止', en: 'Processes killed at the container memory limit' },
  why: {
    zh: '容器被强行终止：请求中断，频繁发生时服务时好时坏。',
    en: 'The container was forcibly terminated: requests were interrupted, and if it recurs, the service is unstable.',
  },
  remedy: {
    zh: '执行 `kubectl get pods -A -o wide --field-selector spec.nodeName=<节点名>` 找出重启的 Pod 并查看其上次终止原因；按实际用量提高内存限制，或修复内存泄漏。',
    en: 'Run `kubectl get pods -A -o wide --field-selector spec.nodeName=<node>` to find restarted pods and check their last termination reason; raise the memory limit to match actual usage, or fix the memory leak.',
  },
  severity: 'info',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json OOMKilling, the part that a cgroup limit causes; info, because the limit did its work',

  evaluate({ kernelLog }, { infoCount }) {
    return loggedToday(kernelLog, ['cgroup-oom'], { info: infoCount });
  },
});
