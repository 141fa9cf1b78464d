/** How ZooKeeper is recognised. */
import { defineProduct } from '../product.ts';

export const ZOOKEEPER = defineProduct({
  product: 'zookeeper',
  section: 'middlewareZookeeper',
  title: 'ZooKeeper',
  signature: {
    images: [/^((bitnami|library|confluentinc|cp)-)?zookeeper(-server)?$/],
    imageVersion: (name, tag) => (/^(confluentinc-|cp-)/.test(name) ? undefined : tag), // of Confluent's platform
    labels: ['zookeeper'],
    operators: ['zookeeper.pravega.io/ZookeeperCluster'],
    ports: [2181, 2281],
    processes: ['java'],
    commandLine: /\borg\.apache\.zookeeper\.server\.(quorum\.QuorumPeerMain|ZooKeeperServerMain)\b/,
  },
  needs: [{ network: 'ZooKeeper (2181): the words srvr, mntr, conf' }],
  load: async () => (await import('./gatherer.ts')).zookeeperGatherer,
});
