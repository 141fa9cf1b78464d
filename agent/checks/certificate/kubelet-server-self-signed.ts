import { certificateScope } from '../certificates.ts';
import { defineCheck, notApplicable, unknown } from '../check.ts';

export const kubeletServerSelfSigned = defineCheck({
  id: 'certificate-kubelet-server-self-signed',
  area: 'certificate',
  title: { zh: 'kubelet 服务端证书由自己签发', en: 'Self-signed kubelet server certificate' },
  why: {
    zh: '没有人能验证 kubelet 的身份，metrics-server 等只能跳过校验。',
    en: "No client can verify the kubelet's identity; metrics-server and others have to skip verification.",
  },
  remedy: {
    zh: '执行 `kubectl get csr` 确认没有待批准的请求；在 kubelet 配置中设置 `serverTLSBootstrap: true`，部署 CSR 审批组件，再让 API Server 用 `--kubelet-certificate-authority` 校验。',
    en: 'Run `kubectl get csr` to confirm that no requests are pending; set `serverTLSBootstrap: true` in the kubelet configuration, deploy a CSR approver, then have the API server verify kubelets with `--kubelet-certificate-authority`.',
  },
  severity: 'info',
  setup: true,
  reads: ['certificates', 'kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.11 (RotateKubeletServerCertificate) and 1.2.5',

  evaluate({ certificates, kubelet }, _threshold, context) {
    const server = certificates.certificates.find(({ store, isServer, isCa }) => store === 'kubelet' && isServer && !isCa);
    if (kubelet.serverTlsBootstrap === undefined) return unknown();
    if (!server) return certificates.dropped > 0 ? unknown('truncated') : notApplicable('not-present');
    return kubelet.serverTlsBootstrap ? [] : [{ scope: certificateScope(server, context), observed: false, threshold: true }];
  },
});
