/** How Tomcat is recognised. */
import { defineProduct } from '../product.ts';

export const TOMCAT = defineProduct({
  product: 'tomcat',
  section: 'middlewareTomcat',
  title: 'Tomcat',
  signature: {
    images: [/^(bitnami-)?tomcat$/],
    labels: ['tomcat'],
    operators: [],
    ports: [8080, 8009],
    processes: ['java', 'jsvc'],
    commandLine: /org\.apache\.catalina\.startup\.Bootstrap/,
    layout: {
      homes: ['/var/lib/tomcat*', '/opt/tomcat*', '/opt/apache-tomcat*', '/usr/local/tomcat*', '/usr/local/apache-tomcat*'],
      markers: [['conf/server.xml', 'conf/web.xml']],
      homeArguments: [/^-Dcatalina\.base=(.{1,1000})$/, /^-Dcatalina\.home=(.{1,1000})$/],
    },
  },
  needs: [{ network: 'HTTP: Jolokia (read, findDeadlockedThreads) or a Prometheus exporter, when declared' }],
  load: async () => (await import('./gatherer.ts')).tomcatGatherer,
});
