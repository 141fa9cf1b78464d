/** How TongHttpServer is recognised. */
import { defineProduct } from '../product.ts';

export const THS = defineProduct({
  product: 'ths',
  section: 'middlewareThs',
  title: 'TongHttpServer',
  signature: {
    images: [/^(ths|tong-?http-?server)$/],
    labels: ['tonghttpserver'],
    operators: [],
    ports: [49151, 8000],
    processes: ['httpserver'],
    layout: { homes: ['/opt/THS*', '/usr/local/THS*', '/home/*/THS*', '/data/THS*'], markers: [['conf/httpserver.conf']], homeArguments: [] },
  },
  needs: [{ network: 'HTTP (49151): GET /thsapi/, when declared' }],
  load: async () => (await import('./gatherer.ts')).thsGatherer,
});
