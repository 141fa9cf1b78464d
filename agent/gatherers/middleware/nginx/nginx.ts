/** How nginx and its ingress controllers are recognised. An application's own nginx in a pod is the application's. */
import { defineProduct } from '../product.ts';

export const NGINX = defineProduct({
  product: 'nginx',
  section: 'middlewareNginx',
  title: 'nginx',
  signature: {
    images: [/^(nginx-ingress-controller|ingress-nginx-controller|nginx-ingress)$/],
    labels: ['ingress-nginx'],
    operators: [],
    ports: [10254], // of a controller's metrics; on a host whatever it listens on
    processes: ['nginx'],
    commandLine: /^nginx: master process /,
  },
  needs: [{ mount: '/etc/nginx', optional: true }, { network: 'HTTP: GET of a declared stub_status page, or /metrics of an ingress controller (10254)' }],
  load: async () => (await import('./gatherer.ts')).nginxGatherer,
});
