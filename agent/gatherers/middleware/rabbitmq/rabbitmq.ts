/** How RabbitMQ is recognised. */
import { defineProduct } from '../product.ts';

export const RABBITMQ = defineProduct({
  product: 'rabbitmq',
  section: 'middlewareRabbitmq',
  title: 'RabbitMQ',
  signature: {
    images: [/^((bitnami|library|tanzu)-)?rabbitmq(-server)?$/],
    labels: ['rabbitmq'],
    operators: ['rabbitmq.com/RabbitmqCluster'],
    ports: [15672, 15671], // the management API: AMQP tells nothing
    processes: ['beam.smp'],
    commandLine: /\brabbit\b.*\brabbit_boot|-s rabbit\b|rabbit boot/,
  },
  needs: [{ network: 'HTTP (15672): GET /api/overview, /api/nodes, /api/queues' }],
  load: async () => (await import('./gatherer.ts')).rabbitmqGatherer,
});
