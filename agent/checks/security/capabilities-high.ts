import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const capabilitiesHigh = defineCheck({
  id: 'security-capabilities-high',
  area: 'security',
  title: { zh: '容器增加了高危能力', en: 'Containers with dangerous capabilities' },
  why: { zh: '这些能力几乎等同于 root：攻破容器就能控制整个节点。', en: 'They are almost root: compromising the container means controlling the node.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 SYS_ADMIN、NET_ADMIN、ALL 等能力，改用更窄的能力或由平台组件完成。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove SYS_ADMIN, NET_ADMIN, ALL and similar capabilities; use narrower ones or leave the task to a platform component.',
  },
  severity: 'critical',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye HighRiskCapabilities, Polaris dangerousCapabilities, Kubescape C-0046, CIS 5.2.8',

  evaluate(sections) {
    return inTemplates(sections, ({ highCapabilities }) => highCapabilities);
  },
});
