import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const middlewareReplicasUnready = defineCheck({
  id: 'middleware-replicas-unready',
  area: 'middleware',
  group: 'load',
  title: { zh: '中间件工作负载的副本未全部就绪', en: 'Middleware workload replicas not ready' },
  why: { zh: '冗余或容量已减少，再坏一个成员服务可能中断。', en: 'Redundancy or capacity is reduced, and one more failed member may interrupt the service.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide` 查看未就绪的 Pod，再用 `kubectl describe pod` 查看原因。',
    en: 'Run `kubectl -n <namespace> get pods -o wide` to find the pods that are not ready, then `kubectl describe pod` for the reason.',
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'count',
  threshold: {},
  source: 'kubernetes-mixin KubeStatefulSetReplicasMismatch, DCE data services (instance status); critical when none is ready',

  evaluate({ middleware: { rows } }) {
    return judgeInstances(rows, ({ place, desired, ready }) => {
      if (place !== 'cluster' || desired === undefined || ready === undefined) return 'other';
      return ready < desired ? [{ observed: ready, threshold: desired, severity: ready === 0 ? 'critical' : 'warning' }] : [];
    });
  },
});
