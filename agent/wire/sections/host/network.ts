export const HOST_NETWORK_SECTIONS = {} as const;
