import { defineCheck, unknown } from '../check.ts';

export const hostNameInconsistent = defineCheck({
  id: 'os-host-name-inconsistent',
  area: 'os',
  title: { zh: '运行中的主机名与配置不一致', en: 'Running host name differs from the configured one' },
  why: {
    zh: '重启后主机名会变：节点以新名字注册，绑定旧名的证书、卷和集群成员全部失配。',
    en: 'The host name will change at the next reboot: the node registers under a new name, and certificates, volumes and cluster members bound to the old name no longer match.',
  },
  remedy: {
    zh: '执行 `hostnamectl` 对比静态与当前主机名；统一后再重启 kubelet：重启后名称变化会使节点以新名字注册。',
    en: 'Run `hostnamectl` to compare the static and current host names; make them match before restarting the kubelet, otherwise the node registers under a new name after a reboot.',
  },
  severity: 'warning',
  reads: ['os'],
  unit: 'value',
  threshold: {},
  source: 'Kubernetes: the node name comes from the host name; kubeadm preflight (Hostname)',

  evaluate({ os }) {
    if (os.hostNameConsistent === undefined) return unknown('not-visible');
    return os.hostNameConsistent ? [] : [{ observed: false }];
  },
});
