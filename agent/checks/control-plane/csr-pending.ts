import { defineCheck, unknown } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const csrPending = defineCheck({
  id: 'control-plane-csr-pending',
  area: 'control-plane',
  title: { zh: '证书签名请求长时间未批准', en: 'Long-pending certificate signing requests' },
  why: {
    zh: 'kubelet 的证书申请无人批准：到期后节点会从集群中掉线。',
    en: 'A kubelet certificate request has not been approved: when the certificate expires, the node drops out of the cluster.',
  },
  remedy: {
    zh: '执行 `kubectl get csr` 查看 Pending 的请求，确认来源后执行 `kubectl certificate approve <名称>`；若来自 kubelet，请安装自动批准服务证书的控制器。',
    en: 'Run `kubectl get csr` to list pending requests, verify their origin, then run `kubectl certificate approve <name>`; if they come from kubelets, install a controller that approves serving certificates automatically.',
  },
  severity: 'warning',
  reads: ['certificateRequests'],
  unit: 'minutes',
  threshold: { afterMinutes: 60 },
  source: 'practice: requests are dropped after 24 h, and kubelets without a certificate lose their node; 1 h is beyond any approval by a controller',

  evaluate({ certificateRequests }, { afterMinutes }, { now }) {
    const { pending, oldestPendingAt } = certificateRequests;
    if (pending === 0) return [];
    if (oldestPendingAt === undefined) return unknown('not-reported');
    const minutes = minutesSince(oldestPendingAt, now);
    return minutes >= afterMinutes ? [{ observed: minutes, threshold: afterMinutes }] : [];
  },
});
