export const HOST_KUBERNETES_SECTIONS = {} as const;
