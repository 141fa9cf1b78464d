import type { Gatherer } from '../../gatherer.ts';
import { addons } from './addons.ts';
import { backups } from './backups.ts';
import { certManager } from './cert-manager.ts';
import { claims } from './claims.ts';
import { clusterDns } from './cluster-dns.ts';
import { csi } from './csi.ts';
import { events } from './events.ts';
import { gateways } from './gateways.ts';
import { ingresses } from './ingresses.ts';
import { loadBalancerPools } from './load-balancer-pools.ts';
import { rbac } from './rbac.ts';
import { serviceAccounts } from './service-accounts.ts';
import { services } from './services.ts';
import { snapshots } from './snapshots.ts';
import { storageClasses } from './storage-classes.ts';
import { volumeAttachments } from './volume-attachments.ts';
import { volumes } from './volumes.ts';

export const CLUSTER_OBJECTS_GATHERERS: readonly Gatherer[] = [
  addons,
  backups,
  certManager,
  claims,
  clusterDns,
  csi,
  events,
  gateways,
  ingresses,
  loadBalancerPools,
  rbac,
  serviceAccounts,
  services,
  snapshots,
  storageClasses,
  volumeAttachments,
  volumes,
];
