/** Style sheet and scripts: our own files, named by their content, so that browsers keep them for ever and policies need no exception. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DARK, LIGHT } from '../../reports/palette.ts';
import { notFound } from '../errors.ts';
import { type Api, addEndpoint } from '../http/endpoint.ts';

const FOLDER = join(import.meta.dirname, 'assets');

interface Asset {
  readonly name: string;
  readonly type: 'text/css' | 'text/javascript';
  readonly text: string;
}
function asset(file: string, before = ''): Asset {
  const text = before + readFileSync(join(FOLDER, file), 'utf8');
  const [stem = '', extension = ''] = file.split('.');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { name: `${stem}.${digest}.${extension}`, type: extension === 'css' ? 'text/css' : 'text/javascript', text };
}
/** The reports' colours by name, so that a state looks the same on paper and on screen. */
function palette(): string {
  const variables = (colours: Readonly<Record<string, string>>): string =>
    Object.entries(colours)
      .map(([name, value]) => `--${name}:${value}`)
      .join(';');
  return `:root{${variables(LIGHT)};color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables(DARK)};color-scheme:dark}}
:root[data-theme=dark]{${variables(DARK)};color-scheme:dark}
`;
}

const STYLE = asset('console.css', palette());
const SCRIPT = asset('console.js');
const LIVE_WORKER = asset('live.js');
const ASSETS: ReadonlyMap<string, Asset> = new Map([STYLE, SCRIPT, LIVE_WORKER].map((one) => [one.name, one]));

export const STYLE_PATH = `/assets/${STYLE.name}`;
export const SCRIPT_PATH = `/assets/${SCRIPT.name}`;
/** Listens for all pages at once. */
export const LIVE_WORKER_PATH = `/assets/${LIVE_WORKER.name}`;

const FileName = z.string().regex(/^[a-z]+\.[0-9a-f]{16}\.(?:css|js)$/);

export function assetRoutes(api: Api): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/assets/:file',
      id: 'asset',
      summary: 'Style sheet and scripts of the console',
      permission: 'public',
      params: z.strictObject({ file: FileName }),
      produces: 'text/plain',
    },
    async ({ params, reply }) => {
      const found = ASSETS.get(params.file);
      if (!found) throw notFound('file');
      // A shared worker is held to its own answer's policy, not to that of the pages.
      if (found === LIVE_WORKER) reply.header('content-security-policy', "default-src 'none'; connect-src 'self'");
      reply.type(`${found.type}; charset=utf-8`).header('cache-control', 'public, max-age=31536000, immutable').send(found.text);
    },
  );
}
