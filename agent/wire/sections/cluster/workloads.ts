export const CLUSTER_WORKLOADS_SECTIONS = {} as const;
