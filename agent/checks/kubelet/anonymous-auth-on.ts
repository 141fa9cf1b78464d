import { defineCheck, unknown } from '../check.ts';

export const anonymousAuthOn = defineCheck({
  id: 'kubelet-anonymous-auth-on',
  area: 'kubelet',
  title: { zh: 'kubelet 允许匿名访问', en: 'Anonymous access allowed on the kubelet' },
  why: {
    zh: '同网络的任何人都可能通过 kubelet 进入容器、读取日志与密钥。',
    en: 'Anyone on the same network may be able to enter containers through the kubelet and read logs and secrets.',
  },
  remedy: {
    zh: '执行 `grep -A2 anonymous /var/lib/kubelet/config.yaml` 确认；设置 `authentication.anonymous.enabled: false` 并重启 kubelet。',
    en: 'Run `grep -A2 anonymous /var/lib/kubelet/config.yaml` to confirm; set `authentication.anonymous.enabled: false` and restart the kubelet.',
  },
  severity: 'critical',
  setup: true,
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.1',

  evaluate({ kubelet }) {
    if (kubelet.anonymousAuth === undefined) return unknown();
    return kubelet.anonymousAuth ? [{ observed: true, threshold: false }] : [];
  },
});
