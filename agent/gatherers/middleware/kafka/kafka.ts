/** How Kafka is recognised: brokers of both modes, also those that are controllers only. */
import { defineProduct } from '../product.ts';

export const KAFKA = defineProduct({
  product: 'kafka',
  section: 'middlewareKafka',
  title: 'Kafka',
  signature: {
    images: [/^((bitnami|apache|library|strimzi|wurstmeister|confluentinc|cp)-)?(kafka|kafka-server|kafka-native|cp-server|cp-enterprise-kafka|enterprise-kafka|cp-kafka)$/],
    imageVersion,
    notLabels: ['zookeeper', 'kafka-connect', 'kafka-mirror-maker', 'kafka-mirror-maker-2', 'kafka-bridge', 'kafka-exporter', 'cruise-control', 'entity-operator'], // Strimzi runs all of them from one image
    labels: ['kafka'],
    operators: ['kafka.strimzi.io/Kafka', 'kafka.banzaicloud.io/KafkaCluster', 'platform.confluent.io/Kafka'],
    ports: [9092, 9093, 9094],
    processes: ['java'],
    commandLine: /(^|[\0 ])kafka\.Kafka([\0 ]|$)/,
  },
  needs: [
    {
      network: 'Kafka (9092): ApiVersions, SaslHandshake, SaslAuthenticate, Metadata, DescribeConfigs, DescribeLogDirs, DescribeQuorum, ListGroups, OffsetFetch, ListOffsets',
    },
  ],
  load: async () => (await import('./gatherer.ts')).kafkaGatherer,
});

/** Strimzi's tags begin with its own release (`0.48.0-kafka-4.1.0`), Confluent's are of its platform; wurstmeister's begin with Scala's. */
function imageVersion(name: string, tag: string): string | undefined {
  if (/^(confluentinc-|cp-|enterprise-kafka)/.test(name)) return undefined;
  return /(?:^|-)kafka-(\d+(?:\.\d+)+)/.exec(tag)?.[1] ?? /^2\.1[123]-(\d+(?:\.\d+)+)$/.exec(tag)?.[1] ?? (/^0\.\d+\.\d+-/.test(tag) ? undefined : tag);
}
