import { defineCheck, unknown } from '../check.ts';

export const insecureRegistries = defineCheck({
  id: 'kubelet-insecure-registries',
  area: 'kubelet',
  title: { zh: '不校验证书的镜像仓库', en: 'Registries without certificate verification' },
  why: { zh: '网络上的人可冒充镜像仓库，让节点运行被篡改的镜像。', en: 'An attacker on the network may impersonate the registry and make nodes run tampered images.' },
  remedy: {
    zh: '执行 `grep -rn -E "skip_verify|insecure" /etc/containerd /etc/docker/daemon.json` 查看；为仓库配置受信任的证书后去掉这些设置，防止镜像被替换。',
    en: 'Check with `grep -rn -E "skip_verify|insecure" /etc/containerd /etc/docker/daemon.json`; configure a trusted certificate for the registry and remove these settings, so that images cannot be replaced.',
  },
  severity: 'info',
  setup: true,
  reads: ['runtime'],
  unit: 'count',
  threshold: {},
  source: 'CIS Docker Benchmark 2.5',

  evaluate({ runtime }) {
    if (runtime.insecureRegistryCount === undefined) return unknown();
    return runtime.insecureRegistryCount > 0 ? [{ observed: runtime.insecureRegistryCount, threshold: 0 }] : [];
  },
});
