import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const ingressControllerUnready = defineCheck({
  id: 'addon-ingress-controller-unready',
  area: 'addon',
  title: { zh: 'Ingress 控制器未就绪', en: 'Ingress controller not ready' },
  why: { zh: '外部流量的入口减少或中断，用户访问报错。', en: 'Entry points for external traffic are reduced or down, and users get errors.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；尽快恢复，外部流量都经过它。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it promptly, because all external traffic passes through it.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'Alibaba ACK inspection of the ingress controller; practice: 10 min to start; critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['ingress-controller', 'ingress-nginx'], limits, now);
  },
});
