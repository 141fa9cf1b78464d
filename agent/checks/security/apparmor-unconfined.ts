import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const apparmorUnconfined = defineCheck({
  id: 'security-apparmor-unconfined',
  area: 'security',
  title: { zh: '容器关闭了 AppArmor', en: 'Containers with AppArmor disabled' },
  why: { zh: '容器内的程序被攻破后，少了一道阻止它读写主机的防线。', en: 'If a program in the container is compromised, one barrier protecting the host is missing.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；把 appArmorProfile.type 改为 RuntimeDefault。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set appArmorProfile.type to RuntimeDefault.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Pod Security Standards baseline, Kubescape C-0055',

  evaluate(sections) {
    return inTemplates(sections, ({ appArmorUnconfined }) => appArmorUnconfined);
  },
});
