import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const rootFilesystemWritable = defineCheck({
  id: 'security-root-filesystem-writable',
  area: 'security',
  title: { zh: '容器根文件系统可写', en: 'The root file system of containers is writable' },
  why: { zh: '攻击者可在容器内留下工具、改写程序，也更难发现被篡改。', en: 'An attacker may leave tools and change programs inside, and it is harder to notice.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；设置 readOnlyRootFilesystem: true，需要写入的目录挂载 emptyDir。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to see it; set readOnlyRootFilesystem: true and mount an emptyDir where it has to write.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye NotReadOnlyRootFilesystem, Polaris notReadOnlyRootFilesystem, Kubescape C-0017',

  evaluate(sections) {
    return inTemplates(sections, ({ writableRoot }) => writableRoot);
  },
});
