import { defineCheck } from '../check.ts';

export const apiserverNodeRestrictionOff = defineCheck({
  id: 'kubelet-apiserver-node-restriction-off',
  area: 'kubelet',
  title: { zh: '未启用 NodeRestriction 准入插件', en: 'Admission plugin NodeRestriction switched off' },
  why: {
    zh: '一个节点被攻陷后，可用其身份修改其他节点的对象和标签，把敏感 Pod 引过来。',
    en: 'A node that was taken over may change other nodes and labels, and draw sensitive pods to itself.',
  },
  remedy: {
    zh: '执行 `grep -- admission-plugins /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；在 `--enable-admission-plugins` 中加入 `NodeRestriction`，使 kubelet 只能修改自己的节点与 Pod。',
    en: 'Check `grep -- admission-plugins /etc/kubernetes/manifests/kube-apiserver.yaml`; add `NodeRestriction` to `--enable-admission-plugins`, so that a kubelet can change its own node and pods only.',
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
