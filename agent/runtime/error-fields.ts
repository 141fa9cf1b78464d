/** What the privacy guard found (`jwt`, `name`), when that is what ended the work: its errors have codes of their own, also across processes. */
export function leakOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^GUARD_([A-Z_]{2,30})$/.exec(code)?.[1]?.toLowerCase().replaceAll('_', '-');
}

/** What a log may say about an error: its kind and code. Messages can quote what was read. */
export function errorFields(error: unknown): { readonly error: string; readonly code?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code) ? error.code : undefined;
  return { error: error.name, ...(code !== undefined && { code }) };
}
