import { defineCheck } from '../check.ts';

export const apiserverNodeRestrictionOff = defineCheck({
  id: 'kubelet-apiserver-node-restriction-off',
  area: 'kubelet',
  title: { zh: '未启用 NodeRestriction 准入插件', en: 'NodeRestriction admission plugin disabled' },
  why: {
    zh: '一个节点被攻陷后，可用其身份修改其他节点的对象和标签，把敏感 Pod 引过来。',
    en: 'The identity of a compromised node may be used to modify the objects and labels of other nodes and attract sensitive pods.',
  },
  remedy: {
    zh: '执行 `grep -- admission-plugins /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；在 `--enable-admission-plugins` 中加入 `NodeRestriction`，使 kubelet 只能修改自己的节点与 Pod。',
    en: 'Run `grep -- admission-plugins /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; add `NodeRestriction` to `--enable-admission-plugins`, so that a kubelet can modify only its own node and pods.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.14',

  evaluate({ apiserverFlags }) {
    const { admissionEnabled, admissionDisabled } = apiserverFlags;
    return admissionEnabled.includes('NodeRestriction') && !admissionDisabled.includes('NodeRestriction') ? [] : [{ observed: false, threshold: true }];
  },
});
