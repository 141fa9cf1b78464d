/** What a configuration comes to: counts of places, no name and no path of it. Pure. */
import type { Sections } from '../../../wire/section-values.ts';
import { NGINX_SETTINGS } from '../../../wire/sections/middleware/nginx.ts';
import type { RawSetting } from '../product.ts';
import { type Directive, walk } from './configuration.ts';

type Row = Sections['middlewareNginx']['rows'][number];
const OLD_PROTOCOLS = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1']);

export function configurationFacts(directives: readonly Directive[]): Partial<Row> {
  const all = [...walk(directives)].map(({ directive, around }) => ({ ...directive, around }));
  const count = (holds: (one: (typeof all)[number]) => boolean): number => all.filter(holds).length;
  const first = (name: string, ...context: readonly string[]): string | undefined => all.find((one) => one.name === name && isIn(one.around, context))?.values[0];
  const user = first('user');
  const servers = all.filter(({ name, around, block }) => name === 'server' && block !== undefined && around.at(-1)?.name === 'http');
  return {
    workerConnections: numberOf(first('worker_connections', 'events')) ?? 512, // what nginx takes when it is not told
    workerDescriptors: numberOf(first('worker_rlimit_nofile')),
    servers: servers.length,
    tlsServers: servers.filter(({ block = [] }) => block.some(({ name, values }) => (name === 'listen' && values.includes('ssl')) || (name === 'ssl' && values[0] === 'on')))
      .length,
    tokensShown: tokensShown(all),
    runsAsRoot: user === 'root',
    weakProtocols: count(({ name, values }) => name === 'ssl_protocols' && values.some((value) => OLD_PROTOCOLS.has(value))),
    listings: count(({ name, values }) => name === 'autoindex' && values[0] === 'on'),
    unlimitedBodies: count(({ name, values }) => name === 'client_max_body_size' && /^0[kmg]?$/i.test(values[0] ?? '')),
    unverifiedUpstreams: count(({ name, values }) => name === 'proxy_ssl_verify' && values[0] === 'off'),
    openStatus: count(({ name, around }) => name === 'stub_status' && !around.some(({ block = [] }) => block.some(isRestriction))),
    accessLogOff: first('access_log', 'http') === 'off',
    singleUpstreams: all.filter(({ name, block }) => name === 'upstream' && block !== undefined && block.filter((inner) => inner.name === 'server').length === 1).length,
  };
}
/** The default shows it; one place that shows it is enough. */
function tokensShown(all: readonly (Directive & { readonly around: readonly Directive[] })[]): boolean {
  const said = all.filter(({ name }) => name === 'server_tokens');
  const general = said.find(({ around }) => isIn(around, ['http']))?.values[0] ?? 'on';
  return general !== 'off' || said.some(({ values }) => values[0] !== 'off');
}
function isRestriction({ name, values }: Directive): boolean {
  return (name === 'deny' && values[0] === 'all') || name === 'auth_basic' || name === 'internal';
}
function isIn(around: readonly Directive[], context: readonly string[]): boolean {
  return around.length === context.length && around.every(({ name }, index) => name === context[index]);
}
function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Values of the allow-list in the main, events and http contexts. */
export function settingsOf(directives: readonly Directive[]): RawSetting[] {
  return [...walk(directives)].flatMap(({ directive: { name, values }, around }) =>
    Object.hasOwn(NGINX_SETTINGS, name) && (around.length === 0 || (around.length === 1 && ['events', 'http'].includes(around[0]?.name ?? '')))
      ? [{ key: name, value: /^\d+s?$/.test(values[0] ?? '') ? (values[0] ?? '').replace(/s$/, '') : values[0] }]
      : [],
  );
}

/** `Active connections: 3 \n server accepts handled requests\n 9 9 20 …` */
export function statusFacts(body: string): Partial<Row> | undefined {
  const [, active, accepted, handled, requests] =
    /^Active connections:\s*(\d+)\s+server accepts handled requests(?: request_time)?\s+(\d+)\s+(\d+)\s+(\d+)/.exec(body.slice(0, 1_024)) ?? [];
  if (active === undefined) return undefined;
  return { activeConnections: Number(active), droppedConnections: Math.max(0, Number(accepted) - Number(handled)), requests: Number(requests) };
}
