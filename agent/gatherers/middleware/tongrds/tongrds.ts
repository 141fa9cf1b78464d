/** How TongRDS is recognised. */
import { defineProduct } from '../product.ts';

export const TONGRDS = defineProduct({
  product: 'tongrds',
  section: 'middlewareTongrds',
  title: 'TongRDS',
  signature: {
    images: [/^tong-?rds$/],
    labels: ['tongrds'],
    operators: [],
    ports: [6200, 6379],
    processes: ['java'],
    commandLine: /com\.tongtech\.(rds|jmemdb)|pmemdb/,
    layout: { homes: ['/opt/TongRDS*', '/opt/*/pmemdb', '/home/*/pmemdb', '/usr/local/TongRDS*'], markers: [['etc/cfg.xml'], ['pmemdb/etc/cfg.xml']], homeArguments: [] },
  },
  needs: [{ network: 'RESP (6200, 6379): INFO' }],
  load: async () => (await import('./gatherer.ts')).tongrdsGatherer,
});
