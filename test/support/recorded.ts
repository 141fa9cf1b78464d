/** Answers that a real server gave over HTTP, with where they come from; replayed by {@link Impostors.http}. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Routes } from './impostors.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/middleware');

interface Recording {
  readonly origin: { readonly product: string; readonly version: string; readonly recordedAt: string; readonly how: string };
  readonly answers: Readonly<Record<string, { readonly status: number; readonly body: string }>>;
}
/** @param file below the fixtures of middleware, without `.json` */
export function recorded(file: string): Recording {
  return JSON.parse(readFileSync(join(FIXTURES, `${file}.json`), 'utf8')) as Recording;
}
export function recordedRoutes(file: string): Routes {
  return recorded(file).answers;
}
/** When it was recorded, Unix seconds. */
export function recordedAt(file: string): number {
  return Math.floor(Date.parse(recorded(file).origin.recordedAt) / 1_000);
}
