/** How TongWeb is recognised. */
import { defineProduct } from '../product.ts';
import { tongwebMarks } from './from-template.ts';

export const TONGWEB = defineProduct({
  product: 'tongweb',
  section: 'middlewareTongweb',
  title: 'TongWeb',
  signature: {
    images: [/^tong-?web(-?(server|cloud|[678]))?$/],
    labels: ['tongweb'],
    operators: [],
    ports: [8088, 8080, 9060, 7200],
    processes: ['java'],
    commandLine: /-Dtongweb\.(home|base|root)=|com\.tongweb\.|tongweb-launcher\.jar|(-D|--)server\.tongweb\.|\btongweb-embed-[\w.-]*\.jar/,
    podStart: /(-D|--)server\.tongweb\.|\bSERVER_TONGWEB_LICENSE_PATH\b/,
    marks: tongwebMarks,
    layout: {
      homes: ['/opt/TongWeb*', '/opt/*/TongWeb*', '/usr/local/TongWeb*', '/home/*/TongWeb*', '/root/TongWeb*', '/data/TongWeb*', '/app/TongWeb*'].flatMap((home) => [
        home,
        `${home}/domains/*`, // TongWeb 8
      ]),
      markers: [['conf/tongweb.xml']],
      homeArguments: [/^-Dtongweb\.base=(.{1,1000})$/, /^-Dtongweb\.root=(.{1,1000})$/, /^-Dtongweb\.home=(.{1,1000})$/],
      below: ['domains/domain1'],
    },
  },
  needs: [
    { mount: '/opt', optional: true },
    { network: 'HTTP: Jolokia (read, search, findDeadlockedThreads) or a Prometheus exporter, or the console of TongWeb 7 (GET), when declared' },
  ],
  load: async () => (await import('./gatherer.ts')).tongwebGatherer,
});
