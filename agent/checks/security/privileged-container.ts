import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const privilegedContainer = defineCheck({
  id: 'security-privileged-container',
  area: 'security',
  title: { zh: '特权容器', en: 'Privileged containers' },
  why: { zh: '它拥有主机的全部设备与能力：攻破它就等于攻破节点。', en: 'It has all host devices and capabilities: compromising it compromises the node.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 privileged，只增加真正需要的能力或设备。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove privileged and add only the capabilities or devices that are really needed.',
  },
  severity: 'critical',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye PrivilegedAllowed, Polaris runAsPrivileged, Kubescape C-0057, CIS 5.2.2; platform namespaces pass',

  evaluate(sections) {
    return inTemplates(sections, ({ privileged }) => privileged);
  },
});
