import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const rootFilesystemWritable = defineCheck({
  id: 'security-root-filesystem-writable',
  area: 'security',
  title: { zh: '容器根文件系统可写', en: 'Containers with a writable root file system' },
  why: { zh: '攻击者可在容器内留下工具、改写程序，也更难发现被篡改。', en: 'An attacker can leave tools and modify programs in the container, and tampering is harder to detect.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；设置 readOnlyRootFilesystem: true，需要写入的目录挂载 emptyDir。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set readOnlyRootFilesystem: true and mount an emptyDir for directories that must be writable.',
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
