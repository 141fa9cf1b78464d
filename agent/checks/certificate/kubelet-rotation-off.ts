import { defineCheck, unknown } from '../check.ts';

export const kubeletRotationOff = defineCheck({
  id: 'certificate-kubelet-rotation-off',
  area: 'certificate',
  title: { zh: 'kubelet 客户端证书不会自动轮换', en: 'Kubelet client certificate that is not renewed' },
  why: { zh: '证书不会自动更新：到期那天节点会同时掉线，须有人记得手工更换。', en: 'Nothing renews it: on its last day the nodes drop out together unless somebody remembers.' },
  remedy: {
    zh: '执行 `grep rotateCertificates /var/lib/kubelet/config.yaml` 确认；设置 `rotateCertificates: true` 并重启 kubelet，否则证书到期后节点会失联。',
    en: 'Confirm with `grep rotateCertificates /var/lib/kubelet/config.yaml`; set `rotateCertificates: true` and restart the kubelet, or the node is lost on the day its certificate ends.',
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
