/** Sections about the API server, the control plane's leaders, nodes, namespaces, quotas and what extends the API. */
import { API_SECTIONS } from './control-plane-api.ts';
import { EXTENSION_SECTIONS } from './control-plane-extensions.ts';
import { GOVERNANCE_SECTIONS } from './control-plane-governance.ts';
import { NODE_SECTIONS } from './control-plane-nodes.ts';

export const CLUSTER_CONTROL_PLANE_SECTIONS = { ...API_SECTIONS, ...NODE_SECTIONS, ...GOVERNANCE_SECTIONS, ...EXTENSION_SECTIONS } as const;
