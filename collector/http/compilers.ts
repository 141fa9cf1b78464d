/** Fastify validates and serialises with zod: requests are refused with every fault, answers cannot hold more than their schema. */
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { issueWords } from '../fault-words.ts';

export const validateWithZod: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart, url }) => {
  const isForeign = url === '/api/v1/alerts/alertmanager'; // somebody else's texts, of which only names are read
  return (data: unknown) => {
    if (!isForeign && holdsNul(data)) return { error: new AppError('invalid', `the ${httpPart ?? 'request'} holds the character NUL`) };
    // Fastify gives `null` for a body that was not sent.
    const result = schema.safeParse(httpPart === 'body' && data === null ? undefined : data);
    return result.success ? { value: result.data } : { error: invalid(httpPart ?? 'request', result.error) };
  };
};

export const serializeWithZod: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  return (data) => {
    const result = schema.safeParse(data);
    if (result.success) return JSON.stringify(result.data);
    throw new AnswerError(result.error.issues.map(({ path, code }) => `${path.map(String).join('.')}: ${code}`).slice(0, 10));
  };
};
/** PostgreSQL keeps no NUL in texts, and no text that somebody typed has one. Bodies are of bounded depth by now. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner));
}

/** The program answered what its own schema does not allow. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  /** Places and kinds of faults, without values. */
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super('an answer breaks its schema');
    this.faults = faults;
  }
}

const MOST_FAULTS = 50;
/** Names places and kinds; values that were sent are not sent back. */
export function invalid(part: string, error: z.ZodError): AppError {
  const faults = error.issues.slice(0, MOST_FAULTS).map((issue) => ({
    path: [part, ...issue.path].map(String).join('.'),
    problem: issue.code,
    ...(issue.code === 'unrecognized_keys' && { keys: issue.keys.slice(0, 20).map((key) => key.slice(0, 80)) }),
    ...(issue.code !== 'unrecognized_keys' && { expected: issue.message.slice(0, 200) }),
    text: issueWords(issue),
  }));
  return new AppError(
    'invalid',
    `the request breaks its schema at ${faults
      .map(({ path }) => path)
      .slice(0, 3)
      .join(', ')}`,
    { details: { faults } },
  );
}
