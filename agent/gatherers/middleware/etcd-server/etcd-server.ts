/** How an etcd of applications is recognised. That of Kubernetes is inspected with the control plane. */
import { defineProduct } from '../product.ts';

export const ETCD_SERVER = defineProduct({
  product: 'etcd-server',
  section: 'middlewareEtcdServer',
  title: 'etcd',
  signature: {
    images: [], // the static pods of a control plane have the same image
    labels: ['etcd'],
    operators: ['operator.etcd.io/EtcdCluster', 'etcd.aenix.io/EtcdCluster'],
    ports: [2379],
    processes: ['etcd'],
    portArgument: /--listen-client-urls[= ]https?:\/\/[^\s,]*:(\d{1,5})\b/,
    commandLine: /^(?!.*\/(etc\/kubernetes|rancher|k3s)\/)\S*etcd( |$)/,
  },
  needs: [{ network: 'HTTP (2379): GET /metrics, /version, /health; POST /v3/cluster/member/list, /v3/maintenance/alarm (GET), /v3/auth/status' }],
  load: async () => (await import('./gatherer.ts')).etcdServerGatherer,
});
