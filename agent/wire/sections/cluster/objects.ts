export const CLUSTER_OBJECTS_SECTIONS = {} as const;
