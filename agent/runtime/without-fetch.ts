/** Globals that load Node's fetch (undici) at the first look at them. */
const OF_FETCH = ['fetch', 'FormData', 'Headers', 'Request', 'Response'];

/**
 * Takes fetch away from this process, before axios looks for it in vain: it would be loaded for an adapter that nobody uses and
 * never let go. For processes of the agent's own; not for a library.
 */
export function withoutFetch(): void {
  for (const name of OF_FETCH) Reflect.deleteProperty(globalThis, name);
}
