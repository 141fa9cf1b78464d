/**
 * node:http, required rather than imported: an import reads all that it exports, and one of those loads the whole of fetch
 * (undici), some 2 MiB of a process that stays. A process that never uses fetch takes it away first ({@link ./without-fetch.ts}).
 */
import { createRequire } from 'node:module';

export const http = createRequire(import.meta.url)('node:http') as typeof import('node:http');
