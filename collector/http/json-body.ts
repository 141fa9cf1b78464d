/** Bodies: JSON of bounded depth without the keys that poison prototypes, and forms. Everything else is refused. */
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';

/** Deeper than anything of ours; JSON.parse itself would go on until the stack ends. */
const DEEPEST = 32;

/** @throws AppError `too-large` @param text JSON, not yet parsed */
export function requireShallow(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1;
      if (depth > DEEPEST) throw new AppError('too-large', `the JSON is nested deeper than ${DEEPEST}`);
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1;
  }
}
const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = ['"', '\\', '[', ']', '{', '}'].map((char) => char.charCodeAt(0));

export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      requireShallow(String(body));
    } catch (error) {
      return done(error as Error);
    }
    return parseJson(request, String(body), (error, value: unknown) => done(error === null ? null : new AppError('invalid', 'the body is not valid JSON'), value));
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) => {
    // Of a repeated field the last one counts.
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  // Ingest reads its stream itself, with its own limits.
  app.addContentTypeParser('application/x-ndjson', (_request, payload, done) => done(null, payload));
  // So does the import of files; no other route takes bytes.
  app.addContentTypeParser('application/octet-stream', (request, payload, done) => {
    if (request.routeOptions.config.endpoint?.consumes === 'application/octet-stream') done(null, payload);
    else done(new AppError('invalid', 'this takes JSON'));
  });
}
