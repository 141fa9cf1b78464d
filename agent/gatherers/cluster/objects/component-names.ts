/** Recognises add-ons by the names that their authors' manifests and charts give them. */
import type { CNI_KINDS, Component } from '../../../wire/sections/cluster/objects-addons.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';

export type WorkloadKind = 'Deployment' | 'DaemonSet' | 'StatefulSet';
export type CniKind = (typeof CNI_KINDS)[number];
interface Recognised {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** `app.kubernetes.io/name`: holds when a release prefixes the name. */
  readonly product: string | undefined;
}
interface Rule {
  readonly component: Component;
  readonly name: RegExp;
  readonly kind?: WorkloadKind;
  /** The name alone is too common: only in namespaces like this. */
  readonly namespace?: RegExp | 'system';
}

const CNI: readonly (readonly [RegExp, CniKind])[] = [
  [/^(rke2-)?canal$/, 'canal'],
  [/^calico-node/, 'calico'],
  [/^cilium$/, 'cilium'],
  [/^kube-flannel/, 'flannel'],
  [/^kube-ovn-cni/, 'kube-ovn'],
  [/^weave-net/, 'weave'],
  [/^antrea-agent/, 'antrea'],
  [/^kindnet$/, 'kindnet'],
  [/^aws-node$/, 'aws'],
  [/^azure-(cni|cns)/, 'azure'],
  [/^terway/, 'terway'],
  [/^kube-router$/, 'kube-router'],
  [/^(ovnkube-node|sdn)$/, 'openshift'],
];

/** First match counts. */
const RULES: readonly Rule[] = [
  { component: 'kube-proxy', kind: 'DaemonSet', name: /^kube-proxy(-|$)/ },
  { component: 'node-local-dns', kind: 'DaemonSet', name: /^node-?local-?dns/ },
  { component: 'multus', kind: 'DaemonSet', name: /multus/ },
  { component: 'spiderpool-agent', kind: 'DaemonSet', name: /^spiderpool-agent/ },
  { component: 'spiderpool-controller', name: /^spiderpool-controller/ },
  {
    component: 'cni-controller',
    kind: 'Deployment',
    name: /^(calico-kube-controllers|calico-typha|cilium-operator|kube-ovn-controller|ovn-central|antrea-controller|tigera-operator)$/,
  },
  { component: 'load-balancer-speaker', kind: 'DaemonSet', name: /(^|-)speaker$/, namespace: /metallb/ },
  { component: 'load-balancer-controller', kind: 'Deployment', name: /(^|-)controller$/, namespace: /metallb/ },
  { component: 'ingress-nginx', name: /(ingress-nginx-controller|nginx-ingress-controller)/ },
  {
    component: 'ingress-controller',
    name: /^(traefik|contour|envoy|kong|haproxy-ingress|apisix-ingress-controller|higress-(gateway|controller)|istio-ingressgateway|envoy-gateway)/,
    namespace: /ingress|traefik|contour|kong|haproxy|apisix|higress|istio|envoy|gateway|-system$/,
  },
  { component: 'mesh-control-plane', kind: 'Deployment', name: /^istiod(-|$)/ },
  { component: 'metrics-server', kind: 'Deployment', name: /(^|-)metrics-server$/ },
  { component: 'kube-state-metrics', name: /(^|-)kube-state-metrics$/ },
  { component: 'node-exporter', kind: 'DaemonSet', name: /(^|-)node-exporter$/ },
  { component: 'prometheus-operator', kind: 'Deployment', name: /(^|-)(prometheus-operator|kube-prometheus-stack-operator|vm(-|-?victoria-metrics-)?operator)$/ },
  { component: 'alertmanager', kind: 'StatefulSet', name: /(^|-)(vm)?alertmanager(-|$)/ },
  { component: 'prometheus', kind: 'StatefulSet', name: /^(prometheus-|vmstorage-|vmselect-|prometheus$)/ },
  { component: 'prometheus', kind: 'Deployment', name: /^(vmagent-|vminsert-|prometheus-server$)/ },
  { component: 'grafana', kind: 'Deployment', name: /(^|-)grafana(-deployment)?$/, namespace: 'system' },
  { component: 'log-agent', kind: 'DaemonSet', name: /(fluent-?bit|fluentd|filebeat|promtail|logtail-ds|vector-agent|alloy)/ },
  { component: 'log-store', kind: 'StatefulSet', name: /(^|-)(loki|elasticsearch|opensearch|es)(-|$)/, namespace: 'system' },
  { component: 'cert-manager', kind: 'Deployment', name: /^cert-manager(-webhook|-cainjector)?$/ },
  { component: 'snapshot-controller', name: /(^|-)snapshot-controller$/ },
  { component: 'csi-node', kind: 'DaemonSet', name: /(^|-)csi(-|$)|csi-?(node|plugin|driver)|^csi/ },
  { component: 'csi-controller', name: /(^|-)csi(-|$)|csi-?(controller|provisioner|driver)|^csi/ },
  { component: 'volume-provisioner', kind: 'Deployment', name: /^(local-path-provisioner|nfs-client-provisioner|nfs-subdir-external-provisioner)|openebs-localpv-provisioner$/ },
  { component: 'node-problem-detector', kind: 'DaemonSet', name: /(^|-)node-problem-detector(-|$)|^npd$/ },
  { component: 'descheduler', kind: 'Deployment', name: /(^|-)descheduler$/ },
  { component: 'cluster-autoscaler', kind: 'Deployment', name: /(^|-)cluster-autoscaler(-|$)/ },
  { component: 'policy-engine', kind: 'Deployment', name: /^(kyverno(-admission-controller)?|gatekeeper-controller-manager)$/ },
  {
    component: 'gpu-plugin',
    kind: 'DaemonSet',
    name: /(nvidia-device-plugin|nvidia-vgpu|hami-device-plugin|gpu-device-plugin|ascend-device-plugin|npu-device-plugin|mx-device-plugin)/,
  },
  { component: 'velero', kind: 'Deployment', name: /^velero$/ },
  { component: 'velero-node-agent', kind: 'DaemonSet', name: /^(node-agent|restic)$/, namespace: /velero/ },
  { component: 'insight-agent', name: /^insight-agent-/ },
  { component: 'kdoctor', name: /^kdoctor-(agent|controller)/ },
  { component: 'gitops', name: /^(argocd-(server|repo-server|application-controller)|source-controller|kustomize-controller|helm-controller)$/ },
  { component: 'event-autoscaler', kind: 'Deployment', name: /^keda-operator$/ },
];

/** The network plugin whose agent a DaemonSet is. */
export function cniOf(kind: WorkloadKind, name: string): CniKind | undefined {
  return kind === 'DaemonSet' ? CNI.find(([pattern]) => pattern.test(name))?.[1] : undefined;
}
/** Which add-on a workload is, or `undefined`. */
export function componentOf({ kind, namespace, name, product }: Recognised): Component | undefined {
  const short = name.slice(0, 253);
  if (cniOf(kind, short)) return 'cni-agent';
  const names = product === undefined ? [short] : [short, product.slice(0, 63)];
  return RULES.find((rule) => {
    if (rule.kind !== undefined && rule.kind !== kind) return false;
    if (rule.namespace === 'system' && !isSystemNamespace(namespace)) return false;
    if (rule.namespace instanceof RegExp && !rule.namespace.test(namespace)) return false;
    return names.some((word) => rule.name.test(word));
  })?.component;
}
