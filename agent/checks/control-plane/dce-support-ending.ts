import { defineCheck, notApplicable } from '../check.ts';
import { dceGeneration } from '../dce.ts';
import { daysLeft, dceLifecycle } from '../lifecycle/kubernetes.ts';

export const dceSupportEnding = defineCheck({
  id: 'control-plane-dce-support-ending',
  area: 'control-plane',
  title: { zh: 'DCE 的维护期结束', en: 'End of DaoCloud Enterprise maintenance' },
  why: {
    zh: '超过维护期后不再有修复与支持：新发现的漏洞和缺陷只能通过升级解决。',
    en: 'After maintenance ends, there are no more fixes or support: newly found vulnerabilities and defects can be resolved only by upgrading.',
  },
  remedy: {
    zh: '执行 `kubectl get ns | grep -E "ghippo-system|kpanda-system|dce-system"` 并在 DCE 的“关于”页核对版本；与支持人员商定升级计划，或购买扩展维护。',
    en: 'Run `kubectl get ns | grep -E "ghippo-system|kpanda-system|dce-system"` and check the version on the "About" page of DCE; agree on an upgrade plan with support, or purchase extended maintenance.',
  },
  severity: 'warning',
  setup: true,
  reads: ['namespaces'],
  unit: 'days',
  threshold: { warningDays: 0, criticalDays: 180 },
  source: 'DaoCloud product support policy, life cycles of DCE 4 and 5: end of maintenance W, 180 days before the end of service C',

  evaluate({ namespaces }, { warningDays, criticalDays }, { now }) {
    const generation = dceGeneration(namespaces);
    const lifecycle = generation && dceLifecycle(generation);
    if (!lifecycle) return notApplicable('not-in-use');
    const service = daysLeft(lifecycle.endOfService, now);
    if (service <= criticalDays) return [{ observed: service, threshold: criticalDays, severity: 'critical' }];
    const maintenance = daysLeft(lifecycle.endOfMaintenance, now);
    return maintenance < warningDays ? [{ observed: maintenance, threshold: warningDays }] : [];
  },
});
