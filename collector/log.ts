/** The collector's log: JSON lines of facts. No headers, cookies, bodies, addresses of people; of foreign errors no message, which may quote data. */
import { type Logger, pino } from 'pino';
import { AppError } from './errors.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function collectorLogger(level: LogLevel | 'silent', stream?: { write(line: string): void }): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorFields } };
  return stream === undefined ? pino(options) : pino(options, stream);
}

/** What of an error may be logged: its kind, code, place, and the sentence when it is ours. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, stack = '' } = error;
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined;
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  const frames = stack
    .split('\n')
    .filter((line) => line.startsWith('    at ') && !line.includes('node:internal'))
    .slice(0, 8)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/\S*\/(?=(?:collector|agent|reports|bin|node_modules)\/)/, '('));
  return {
    error: name,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(error instanceof AppError && { message: error.message }),
    ...(frames.length > 0 && { frames }),
    ...(error.cause !== undefined && { cause: errorFields(error.cause) }),
  };
}
