import { componentsOf } from '../addon-rows.ts';
import { defineCheck, notApplicable } from '../check.ts';

export const ingressControllerSingle = defineCheck({
  id: 'addon-ingress-controller-single',
  area: 'addon',
  title: { zh: 'Ingress 控制器只有一个副本', en: 'Ingress controller with only one replica' },
  why: { zh: '它重启或所在节点故障时，所有对外访问同时中断。', en: 'If it restarts or its node fails, all external access is interrupted.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称>`；增加到两个以上副本，并用反亲和分布到不同节点。',
    en: 'Run `kubectl -n <namespace> get deployment <name>`; scale it to two or more replicas and spread them across nodes with anti-affinity.',
  },
  severity: 'warning',
  setup: true,
  reads: ['addons'],
  unit: 'count',
  threshold: { atLeastCount: 2, clusterOfCount: 2 },
  source: 'Alibaba ACK inspection (replicas of the ingress controller); practice: at least 2, so that a node may fail',

  evaluate({ addons }, { atLeastCount, clusterOfCount }) {
    const controllers = componentsOf(addons, 'ingress-controller', 'ingress-nginx').filter(({ kind, desired }) => kind === 'Deployment' && desired > 0);
    if (controllers.length === 0 || addons.nodes < clusterOfCount) return notApplicable('not-in-use');
    return controllers
      .filter(({ desired }) => desired < atLeastCount)
      .map(({ kind, namespace, name, desired }) => ({ scope: { kind, namespace, name }, observed: desired, threshold: atLeastCount }));
  },
});
