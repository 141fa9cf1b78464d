/**
 * node:http and axios, required rather than imported: an import of node:http reads all that it exports, and one of those loads
 * the whole of fetch (undici), some 2 MiB of a process that stays; axios is one file here instead of fifty modules. A process
 * that never uses fetch takes it away first ({@link ./without-fetch.ts}): loading axios is such a look, too.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const http = require('node:http') as typeof import('node:http');
export const axios = require('axios') as typeof import('axios').default;
