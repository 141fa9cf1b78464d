export const HOST_SERVICES_SECTIONS = {} as const;
