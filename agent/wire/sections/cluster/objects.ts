/** Sections about objects of the API server other than workloads and nodes: network, storage, access rights and add-ons. */
import { CLUSTER_ACCESS_SECTIONS } from './objects-access.ts';
import { CLUSTER_ADDON_SECTIONS } from './objects-addons.ts';
import { CLUSTER_NETWORK_SECTIONS } from './objects-network.ts';
import { CLUSTER_STORAGE_SECTIONS } from './objects-storage.ts';

export const CLUSTER_OBJECTS_SECTIONS = { ...CLUSTER_NETWORK_SECTIONS, ...CLUSTER_STORAGE_SECTIONS, ...CLUSTER_ACCESS_SECTIONS, ...CLUSTER_ADDON_SECTIONS } as const;
