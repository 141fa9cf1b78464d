/** How RocketMQ is recognised: name servers and brokers. */
import { defineProduct } from '../product.ts';

export const ROCKETMQ = defineProduct({
  product: 'rocketmq',
  section: 'middlewareRocketmq',
  title: 'RocketMQ',
  signature: {
    images: [/^((apache|bitnami|foxiswho|apacherocketmq)-)?rocketmq(-(broker|nameserver|namesrv|server))?$/],
    notImages: [/dashboard/, /exporter/, /proxy/, /controller/],
    labels: ['rocketmq'],
    operators: ['rocketmq.apache.org/Broker', 'rocketmq.apache.org/NameService'],
    ports: [9876, 10911],
    processes: ['java'],
    commandLine: /\borg\.apache\.rocketmq\.(namesrv\.NamesrvStartup|broker\.BrokerStartup|container\.BrokerContainerStartup)\b/,
  },
  needs: [
    {
      network: 'RocketMQ remoting (9876, 10911): GET_BROKER_CLUSTER_INFO, GET_ALL_TOPIC_LIST_FROM_NAMESERVER, GET_BROKER_RUNTIME_INFO, GET_BROKER_CONFIG, GET_BROKER_CONSUME_STATS',
    },
  ],
  load: async () => (await import('./gatherer.ts')).rocketmqGatherer,
});
