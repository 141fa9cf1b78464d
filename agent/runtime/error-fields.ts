/** What a log may say about an error: its kind and code. Messages can quote what was read. */
export function errorFields(error: unknown): { readonly error: string; readonly code?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code) ? error.code : undefined;
  return { error: error.name, ...(code !== undefined && { code }) };
}
