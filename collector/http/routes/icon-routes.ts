import { z } from 'zod';
import { type Api, addEndpoint } from '../endpoint.ts';

/** A page with a tick: inspected. Drawn, so that it is sharp at every size and needs no file. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b6bcb"/><path d="M8 17l5.5 5.5L24.5 10" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>';
const A_DAY = 'public, max-age=86400';

/** Browsers ask for `/favicon.ico` by themselves; pages name the other. */
export function iconRoutes(api: Api): void {
  for (const [id, path] of [
    ['icon', '/favicon.svg'],
    ['defaultIcon', '/favicon.ico'],
  ] as const)
    addEndpoint(
      api,
      { method: 'GET', path, id, summary: 'The icon of the pages', permission: 'public', answer: z.string(), produces: 'image/svg+xml' },
      async ({ reply }) => void (await reply.type('image/svg+xml').header('cache-control', A_DAY).send(ICON)),
    );
}
