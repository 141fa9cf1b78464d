import { defineCheck, unknown } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const csrUnsigned = defineCheck({
  id: 'control-plane-csr-unsigned',
  area: 'control-plane',
  title: { zh: '已批准的证书签名请求没有签发', en: 'Approved certificate signing requests without a certificate' },
  why: {
    zh: '已批准却没有签发：签发者不在工作，等证书的节点或服务会一直等下去。',
    en: 'It was approved and not signed: the signer does not work, and whoever waits for the certificate waits on.',
  },
  remedy: {
    zh: '执行 `kubectl get csr` 查看已批准但未签发的请求；检查 kube-controller-manager 的 cluster-signing-cert-file 与 cluster-signing-key-file，或相应的外部签发者。',
    en: 'Run `kubectl get csr` for requests that are approved but not issued; check cluster-signing-cert-file and cluster-signing-key-file of kube-controller-manager, or the external signer.',
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
