/** How Nacos is recognised. */
import { defineProduct } from '../product.ts';

export const NACOS = defineProduct({
  product: 'nacos',
  section: 'middlewareNacos',
  title: 'Nacos',
  signature: {
    images: [/^(bitnami-)?nacos(-server)?$/],
    notImages: [/mysql/, /init/, /peer-finder/],
    labels: ['nacos'],
    operators: ['nacos.io/Nacos'],
    ports: [8848],
    processes: ['java'],
    commandLine: /(^|\0)-Dnacos\.home=|nacos-server\.jar|\bcom\.alibaba\.nacos\.(Nacos|bootstrap\.NacosBootstrap)\b/,
    layout: {
      homes: ['/opt/nacos*', '/usr/local/nacos*', '/home/nacos*', '/data/nacos*'],
      markers: [['conf/application.properties', 'target/nacos-server.jar']],
      homeArguments: [/^-Dnacos\.home=(.{1,1000})$/],
    },
  },
  needs: [
    {
      network:
        'HTTP (8848): GET /nacos/v1/console/server/state, /v1/console/health/readiness, /v1/core/cluster/nodes, /actuator/prometheus (3.x: /v3/admin/core/state, /readiness, /cluster/node/list); POST /v1/auth/login (3.x: /v3/auth/user/login)',
    },
  ],
  load: async () => (await import('./gatherer.ts')).nacosGatherer,
});
