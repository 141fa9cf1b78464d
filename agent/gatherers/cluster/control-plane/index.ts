import type { Gatherer } from '../../gatherer.ts';
import { apiMetrics } from './api-metrics.ts';
import { apiReach } from './api-reach.ts';
import { apiServer } from './api-server.ts';
import { apiServices } from './api-services.ts';
import { certificateRequests } from './certificate-requests.ts';
import { customResources } from './custom-resources.ts';
import { leaders } from './leaders.ts';
import { namespaces } from './namespaces.ts';
import { nodeUsage } from './node-usage.ts';
import { nodes } from './nodes.ts';
import { quotas } from './quotas.ts';
import { webhooks } from './webhooks.ts';

export const CLUSTER_CONTROL_PLANE_GATHERERS: readonly Gatherer[] = [
  apiReach,
  apiServer,
  apiMetrics,
  leaders,
  nodes,
  nodeUsage,
  namespaces,
  quotas,
  certificateRequests,
  webhooks,
  customResources,
  apiServices,
];
