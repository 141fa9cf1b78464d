/** Reads a TongHttpServer: `/thsapi/` of the declared address, and a few directives of `httpserver.conf`. */
import { parseAllowedProperties } from '../../../host/allowed-properties.ts';
import { keep } from '../../../host/allowed-xml.ts';
import type { Host } from '../../../host/host.ts';
import { askJson } from '../../../middleware/http.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';
import { wholeOf } from '../jvm/container-reading.ts';
import { installSpace, processFacts } from '../process-facts.ts';
import type { InspectContext, MemberState, ProductGatherer } from '../product.ts';
import { dayOf } from '../tongweb/license.ts';
import { memberStates, reachOfAll, visitMembers } from '../visit-members.ts';
import { readVip } from './vip.ts';

type Ths = Sections['middlewareThs'];
type Row = Ths['rows'][number];
const MOST_UPSTREAMS = 500;

export const thsGatherer: ProductGatherer<'middlewareThs'> = {
  async inspect(context) {
    const { instance, host } = context;
    const isDeclared = instance.evidence.includes('declared') && instance.members.some(({ address }) => address !== undefined);
    const outcomes = isDeclared ? await visitMembers(context, async (visit) => parseThsApi(await askJson(visit, { path: '/thsapi/' }))) : [];
    const told = outcomes.map(({ value }) => value).find((value) => value !== undefined);
    const [files, vip] = await Promise.all([
      host && instance.home !== undefined ? readFiles(context, host, instance.home) : undefined,
      host && readVip(context, host, instance.home),
    ]);
    const asked = reachOfAll(outcomes);
    const reach = !isDeclared ? (files?.isRead ? 'files-only' : files ? 'no-rights' : 'not-addressed') : asked !== 'ok' && files?.isRead ? 'partial' : asked;
    const mode = instance.mode ?? 'standalone';
    const version = told?.version ?? instance.version;
    const members: MemberState[] = isDeclared
      ? memberStates(outcomes, () => ({ role: 'node' }))
      : instance.members.map(({ name }) => ({ member: name, role: 'node', reach, statements: 0, denied: 0 }));
    return {
      mode,
      version,
      reach,
      members,
      lists: {
        rows: [{ instance: instance.id, version, mode, reach, ...files?.row, ...vip, ...told?.row }],
        upstreams: (told?.upstreams ?? []).map((one) => ({ instance: instance.id, ...one })),
      },
      settings: [],
    };
  },
};

export interface ThsReading {
  readonly version?: string | undefined;
  readonly row: Partial<Row>;
  readonly upstreams: readonly Omit<Ths['upstreams'][number], 'instance'>[];
}
/** Pure; names of zones and addresses of peers are not kept. */
export function parseThsApi(answer: unknown): ThsReading {
  const connections = at(answer, 'connections');
  const license = at(answer, 'license_info');
  const zones = Object.values(objectOf(at(answer, 'http', 'server_zones') ?? at(answer, 'server_zones')));
  const end = at(license, 'end_date');
  const endsAt = typeof end === 'string' ? dayOf(end) : undefined;
  const upstreams = Object.entries(objectOf(at(answer, 'http', 'upstreams') ?? at(answer, 'upstreams'))).slice(0, MOST_UPSTREAMS);
  return {
    version: toVersion(at(answer, 'httpserver', 'version')),
    row: {
      licenseEndsAt: endsAt,
      licenseNever: end === undefined ? undefined : end === '-1' || end === -1 ? true : endsAt === undefined ? undefined : false,
      connectionsDropped: wholeOf(at(connections, 'dropped')),
      connectionsActive: wholeOf(at(connections, 'active')),
      ...(zones.length > 0 && { requests: sum(zones.map((zone) => wholeOf(at(zone, 'requests')))), serverErrors: sum(zones.map((zone) => wholeOf(at(zone, 'responses', '5xx')))) }),
    },
    upstreams: upstreams.map(([upstream, value]) => {
      const peers: unknown = Array.isArray(value) ? value : at(value, 'peers');
      const list: readonly unknown[] = Array.isArray(peers) ? peers : Object.values(objectOf(peers));
      return { upstream, peers: list.length, peersDown: list.filter((peer) => !/^(up|draining)$/.test(stateOf(at(peer, 'state')))).length };
    }),
  };
}
/** In small letters; a peer that says nothing is taken as up. */
function stateOf(state: unknown): string {
  return typeof state === 'string' ? state.toLowerCase() : state === undefined || state === null ? 'up' : 'unknown';
}
function at(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value;
  for (const key of path) here = typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? (here as Readonly<Record<string, unknown>>)[key] : undefined;
  return here;
}
function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
function sum(values: readonly (number | undefined)[]): number {
  let total = 0;
  for (const value of values) total += value ?? 0;
  return total;
}

async function readFiles({ instance }: InspectContext, host: Host, home: string): Promise<{ isRead: boolean; row: Partial<Row> }> {
  const { pid } = instance.members[0] ?? {};
  const [text, process, space] = await Promise.all([
    host.read(`${home}/conf/httpserver.conf`, { maxBytes: 1024 * 1024 }).catch(() => undefined),
    pid === undefined ? { running: false } : processFacts(host, pid),
    installSpace(host, home),
  ]);
  return { isRead: text !== undefined, row: { ...(text !== undefined && directivesOf(text)), ...process, ...space } };
}
/** A few directives, spelled as nginx does; everything else is dropped here. */
export function directivesOf(text: string): Partial<Row> {
  const kept = parseAllowedProperties(text.replaceAll(';', ' '), { worker_connections: keep, server_tokens: keep, ssl_protocols: keep }, /\s+/);
  const api = /thsapi[^{}]{0,200}\{([^{}]{0,4000})\}/.exec(text)?.[1] ?? /\{([^{}]{0,4000}thsapi[^{}]{0,4000})\}/.exec(text)?.[1];
  const tokens = kept.get('server_tokens')?.trim();
  return {
    workerConnections: wholeOf(kept.get('worker_connections')?.trim()),
    serverTokens: tokens !== 'off',
    oldTls: /\bSSLv|TLSv1(\.1)?(\s|$)/.test(kept.get('ssl_protocols') ?? ''),
    apiRestricted: api === undefined ? undefined : /\bdeny\s+all\b/.test(api),
  };
}
