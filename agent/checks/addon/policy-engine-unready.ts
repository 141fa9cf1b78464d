import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const policyEngineUnready = defineCheck({
  id: 'addon-policy-engine-unready',
  area: 'addon',
  title: { zh: '准入策略引擎未就绪', en: 'Admission policy engine not ready' },
  why: {
    zh: '要么所有变更被拒绝，要么策略不起作用、不合规的对象被放行。',
    en: 'Either all changes are rejected, or policies have no effect and non-compliant objects are admitted.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复它，准入 Webhook 不可用时会拒绝或放过所有请求。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it: while its admission webhook is unavailable, all requests are either rejected or admitted.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'practice: Kyverno and Gatekeeper are admission webhooks; k8sgpt webhook analyzer',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['policy-engine'], limits, now);
  },
});
