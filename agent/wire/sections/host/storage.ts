export const HOST_STORAGE_SECTIONS = {} as const;
