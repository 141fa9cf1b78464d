import { defineCheck } from '../check.ts';

export const apiserverTlsVersionLow = defineCheck({
  id: 'kubelet-apiserver-tls-version-low',
  area: 'kubelet',
  title: { zh: 'API Server 接受旧版 TLS', en: 'Old TLS versions accepted by the API server' },
  why: { zh: '旧版 TLS 有已知弱点，管理流量可能被破解或降级。', en: 'Old TLS versions have known weaknesses: management traffic may be decrypted or downgraded.' },
  remedy: {
    zh: '执行 `grep -- --tls-min-version /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设为 `VersionTLS12` 或更高。',
    en: 'Run `grep -- --tls-min-version /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `VersionTLS12` or higher.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'RFC 8996 (TLS 1.0 and 1.1 are deprecated)',

  evaluate({ apiserverFlags }) {
    const { tlsMinVersion } = apiserverFlags;
    return tlsMinVersion === 'VersionTLS10' || tlsMinVersion === 'VersionTLS11' ? [{ observed: tlsMinVersion, threshold: 'VersionTLS12' }] : [];
  },
});
