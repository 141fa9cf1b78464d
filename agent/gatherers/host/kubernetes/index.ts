import type { Gatherer } from '../../gatherer.ts';
import { certificates } from './certificates.ts';
import { apiserverFlags, controllerManagerFlags, schedulerFlags } from './component-flags.ts';
import { componentLimits } from './component-limits.ts';
import { etcdFlags } from './etcd-flags.ts';
import { etcdHost } from './etcd-host.ts';
import { kubeProxy } from './kube-proxy.ts';
import { kubelet } from './kubelet.ts';
import { runtime } from './runtime.ts';
import { staticPods } from './static-pods.ts';

export const HOST_KUBERNETES_GATHERERS: readonly Gatherer[] = [
  certificates,
  kubelet,
  componentLimits,
  runtime,
  staticPods,
  apiserverFlags,
  controllerManagerFlags,
  schedulerFlags,
  etcdFlags,
  etcdHost,
  kubeProxy,
];
