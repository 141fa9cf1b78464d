/** How TongLINK/Q is recognised. */
import { defineProduct } from '../product.ts';

export const TLQ = defineProduct({
  product: 'tlq',
  section: 'middlewareTlq',
  title: 'TongLINK/Q',
  signature: {
    images: [/^(tlq|tonglinkq)$/],
    labels: ['tlq'],
    operators: [],
    ports: [10024],
    processes: ['tlqd', 'tlq', 'tlqsrv'],
    layout: { homes: ['/opt/TLQ*', '/usr/local/TLQ*', '/home/*/TLQ*', '/data/TLQ*'], markers: [['bin/tlqstat'], ['bin/tlq']], homeArguments: [] },
  },
  needs: [{ mount: '/proc', optional: true }],
  load: async () => (await import('./gatherer.ts')).tlqGatherer,
});
