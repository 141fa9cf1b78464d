import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const credentialInEnv = defineCheck({
  id: 'security-credential-in-env',
  area: 'security',
  title: { zh: '环境变量中有明文凭据', en: 'Plaintext credentials in environment variables' },
  why: {
    zh: '能查看工作负载定义的人都能读到口令，它还会出现在日志和转储里。',
    en: 'Anyone who can view the workload definition can read the password, and it may appear in logs and dumps.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；把凭据移到 Secret 并用 valueFrom.secretKeyRef 引用，然后更换已暴露的凭据。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; move the credentials to a Secret, reference it with valueFrom.secretKeyRef, then rotate the exposed credentials.',
  },
  severity: 'critical',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Polaris sensitiveContainerEnvVar, Kubescape C-0012; names are matched, values are looked at and never kept',

  evaluate(sections) {
    return inTemplates(sections, ({ credentialEnv }) => credentialEnv);
  },
});
