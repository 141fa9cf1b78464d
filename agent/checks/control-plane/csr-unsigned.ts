import { defineCheck, unknown } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const csrUnsigned = defineCheck({
  id: 'control-plane-csr-unsigned',
  area: 'control-plane',
  title: { zh: '已批准的证书签名请求没有签发', en: 'Approved certificate signing requests not issued' },
  why: {
    zh: '已批准却没有签发：签发者不在工作，等证书的节点或服务会一直等下去。',
    en: 'The request was approved but not signed: the signer is not working, and the node or service keeps waiting for its certificate.',
  },
  remedy: {
    zh: '执行 `kubectl get csr` 查看已批准但未签发的请求；检查 kube-controller-manager 的 cluster-signing-cert-file 与 cluster-signing-key-file，或相应的外部签发者。',
    en: 'Run `kubectl get csr` to list requests that are approved but not issued; check cluster-signing-cert-file and cluster-signing-key-file of kube-controller-manager, or the external signer.',
  },
  severity: 'warning',
  reads: ['certificateRequests'],
  unit: 'minutes',
  threshold: { afterMinutes: 60 },
  source: 'practice: signers issue within seconds',

  evaluate({ certificateRequests }, { afterMinutes }, { now }) {
    const { unsigned, failed, oldestUnsignedAt } = certificateRequests;
    if (unsigned === 0 && failed === 0) return [];
    if (failed === 0 && oldestUnsignedAt === undefined) return unknown('not-reported');
    const minutes = oldestUnsignedAt === undefined ? undefined : minutesSince(oldestUnsignedAt, now);
    return failed > 0 || (minutes !== undefined && minutes >= afterMinutes) ? [{ observed: minutes, threshold: afterMinutes }] : [];
  },
});
