import { defineCheck, unknown } from '../check.ts';

export const kubeletRotationOff = defineCheck({
  id: 'certificate-kubelet-rotation-off',
  area: 'certificate',
  title: { zh: 'kubelet 客户端证书不会自动轮换', en: 'Kubelet client certificate rotation disabled' },
  why: {
    zh: '证书不会自动更新：到期那天节点会同时掉线，须有人记得手工更换。',
    en: 'The certificate is not renewed automatically: on expiry, nodes drop out together unless someone replaces it manually.',
  },
  remedy: {
    zh: '执行 `grep rotateCertificates /var/lib/kubelet/config.yaml` 确认；设置 `rotateCertificates: true` 并重启 kubelet，否则证书到期后节点会失联。',
    en: 'Run `grep rotateCertificates /var/lib/kubelet/config.yaml` to confirm; set `rotateCertificates: true` and restart the kubelet; otherwise the node is lost when its certificate expires.',
  },
  severity: 'warning',
  setup: true,
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.10 (--rotate-certificates not false)',

  evaluate({ kubelet }) {
    if (kubelet.rotateCertificates === undefined) return unknown();
    return kubelet.rotateCertificates ? [] : [{ observed: false, threshold: true }];
  },
});
