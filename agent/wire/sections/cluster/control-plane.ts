export const CLUSTER_CONTROL_PLANE_SECTIONS = {} as const;
