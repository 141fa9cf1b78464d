/** What every refusal looks like, and which status belongs to which code. */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../errors.ts';

export const Problem = z.object({
  code: z.enum([...ERROR_CODES, 'internal']).describe('closed list, for programs'),
  message: z.string().describe('for people; says what to do'),
  details: z.record(z.string(), z.unknown()).optional().describe('what exactly, for programs'),
  requestId: z.string().optional().describe('finds the request in the log'),
});
export type Problem = z.infer<typeof Problem>;

export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  'too-many': 429,
  unavailable: 503,
} as const satisfies Readonly<Record<ErrorCode, number>>;

/** Codes for what the framework refuses by itself. */
export const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'unsupported',
  408: 'unavailable',
  409: 'conflict',
  411: 'invalid',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported',
  417: 'unsupported',
  429: 'too-many',
  431: 'too-large',
  503: 'unavailable',
};
