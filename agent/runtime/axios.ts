/**
 * axios, required rather than imported: one file instead of fifty modules, and no fetch with it (see {@link ./node-http.ts}; loading
 * axios looks for it, too).
 */
import { createRequire } from 'node:module';

export const axios = createRequire(import.meta.url)('axios') as typeof import('axios').default;
