import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const certManagerUnready = defineCheck({
  id: 'addon-cert-manager-unready',
  area: 'addon',
  title: { zh: 'cert-manager 未就绪', en: 'cert-manager not ready' },
  why: { zh: '证书不再签发和续期，到期后相关服务中断。', en: 'Certificates are neither issued nor renewed, and the services that use them fail once they expire.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后证书才会签发与续期。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise certificates are neither issued nor renewed.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'awesome-prometheus-alerts CertManagerAbsent',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['cert-manager'], limits, now);
  },
});
