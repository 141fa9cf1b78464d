import { defineCheck, unknown } from '../check.ts';

export const tlsVersionLow = defineCheck({
  id: 'kubelet-tls-version-low',
  area: 'kubelet',
  title: { zh: 'kubelet 接受旧版 TLS', en: 'Old TLS versions accepted by the kubelet' },
  why: { zh: '旧版 TLS 有已知弱点，exec 会话与日志可能被窃听。', en: 'Old TLS versions have known weaknesses: exec sessions and logs may be intercepted.' },
  remedy: {
    zh: '执行 `grep tlsMinVersion /var/lib/kubelet/config.yaml` 确认；设为 `VersionTLS12` 或更高并重启 kubelet。',
    en: 'Run `grep tlsMinVersion /var/lib/kubelet/config.yaml` to confirm; set `VersionTLS12` or higher and restart the kubelet.',
  },
  severity: 'warning',
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'RFC 8996 (TLS 1.0 and 1.1 are deprecated), CIS Kubernetes Benchmark 4.2.12',

  evaluate({ kubelet }) {
    if (kubelet.tlsMinVersion === undefined) return unknown();
    return kubelet.tlsMinVersion === 'VersionTLS10' || kubelet.tlsMinVersion === 'VersionTLS11' ? [{ observed: kubelet.tlsMinVersion, threshold: 'VersionTLS12' }] : [];
  },
});
