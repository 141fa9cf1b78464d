/**
 * The HTTP client of questions to the API server. Required rather than imported: one file instead of fifty modules, and no fetch with
 * it (see ../runtime/node-http.ts; loading axios looks for it, too). Its 9 MiB are in no process that stays on a node.
 */
import { createRequire } from 'node:module';

export const axios = createRequire(import.meta.url)('axios') as typeof import('axios').default;
