/** How Elasticsearch and OpenSearch are recognised. */
import { defineProduct } from '../product.ts';

export const ELASTICSEARCH = defineProduct({
  product: 'elasticsearch',
  section: 'middlewareElasticsearch',
  title: 'Elasticsearch / OpenSearch',
  signature: {
    images: [/^((bitnami|library)-)?(elasticsearch|opensearch)(-(oss|wolfi|ik|analysis-ik))?$/],
    labels: ['elasticsearch', 'elasticsearch-master', 'elasticsearch-data', 'opensearch'],
    operators: ['elasticsearch.k8s.elastic.co/Elasticsearch', 'opensearch.opster.io/OpenSearchCluster', 'opensearch.org/OpenSearchCluster'],
    ports: [9200],
    processes: ['java'],
    commandLine: /\borg\.elasticsearch\.bootstrap\.Elasticsearch\b|\borg\.opensearch\.bootstrap\.OpenSearch\b/,
  },
  needs: [
    {
      network:
        'HTTP (9200): GET /, /_cluster/health, /_cluster/settings, /_cluster/state/blocks, /_nodes, /_nodes/stats, /_cat/indices, /_cat/shards (no names), /_snapshot, /_snapshot/*/*, /*/_ilm/explain',
    },
  ],
  load: async () => (await import('./gatherer.ts')).elasticsearchGatherer,
});
