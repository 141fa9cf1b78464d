/**
 * Inspects every middleware instance that was declared or found, a few at a time, and makes the middleware sections of it.
 * The only place that catches: an instance that fails, hangs or lies costs its own deadline and harms no other.
 */
import type { Host } from '../../host/host.ts';
import type { Cluster } from '../../kube/cluster.ts';
import { lastBackup } from '../../middleware/backup-time.ts';
import type { MiddlewareConfig } from '../../middleware/declaration.ts';
import { InstanceFailure, reachOf } from '../../middleware/failure.ts';
import { readSecrets } from '../../middleware/secrets.ts';
import { Visit } from '../../middleware/visit.ts';
import { isWithin } from '../../triggers/maintenance.ts';
import { conform } from '../../wire/conform.ts';
import type { GathererReport } from '../../wire/inspection.ts';
import { SECTIONS } from '../../wire/registry.ts';
import type { SectionDefinition } from '../../wire/section.ts';
import type { SectionName, Sections, SomeSections } from '../../wire/section-values.ts';
import { MOST_INSTANCES } from '../../wire/sections/middleware/instance-fields.ts';
import type { Group } from '../../wire/vocabulary.ts';
import { reasonOf } from '../run.ts';
import type { ClusterSightings } from './cluster-sightings.ts';
import { CounterMemory } from './counters.ts';
import { type Baselines, driftOf } from './drift.ts';
import { findOnHost } from './host-sightings.ts';
import { type Found, homeOf, type Instance, mergeInstances } from './instance.ts';
import { inventory, runningOf } from './inventory.ts';
import { findOperated } from './operators.ts';
import type { InspectContext, Inspected, MemberState, ProductDefinition, ProductGatherer, Reading } from './product.ts';
import { type SettingRow, settingRows } from './setting-values.ts';

export interface MiddlewareRequest {
  readonly products: readonly ProductDefinition[];
  readonly config: MiddlewareConfig;
  /** What the cluster gatherers have seen; left out where no cluster is inspected. */
  readonly sightings?: ClusterSightings | undefined;
  /** Asked for the resources of operators, where there are sightings. */
  readonly cluster?: Cluster | undefined;
  /** Left out where no host is inspected. */
  readonly host?: Host | undefined;
  readonly hostName: string;
  readonly baselines: Baselines;
  /** Counters of the inspection before; takes those of this one. Left out: there was none. */
  readonly counters?: CounterMemory | undefined;
  readonly optOut: ReadonlySet<Group>;
  readonly signal: AbortSignal;
  /** Unix seconds. */
  readonly now: number;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly onDone?: ((report: GathererReport, done: number, total: number) => void) | undefined;
}
export interface MiddlewareGathered {
  readonly sections: SomeSections;
  readonly reports: readonly GathererReport[];
  /** Clear names, for the terminal of the site only. */
  readonly instances: readonly Inspected[];
}

const AT_ONCE = 4;

export async function gatherMiddleware(request: MiddlewareRequest): Promise<MiddlewareGathered> {
  const began = request.clock();
  const { found, complete } = await discover(request);
  const merged = mergeInstances(found, request.config);
  const instances = merged.instances.slice(0, MOST_INSTANCES);
  const gatherers = await loadGatherers(request.products, instances);
  const asked = { ...request, counters: request.counters ?? new CounterMemory() };
  const inspected: Inspected[] = [];
  const queue = [...instances.entries()];
  async function worker(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) inspected[next[0]] = await inspectOne(next[1], gatherers, asked);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const runs = new Map(inspected.flatMap((one) => runningOf(one, asked)));
  const backups = new Map(
    await Promise.all(instances.map(async ({ id, backup }) => [id, backup && { ...(await lastBackup(backup)), restoreTested: backup.restoreTested }] as const)),
  );
  const settings = inspected.flatMap(({ instance, reading }) => settingRows(instance.id, instance.product, reading.settings));
  const values: Partial<Record<SectionName, unknown>> = {
    middleware: inventory(inspected, {
      runs,
      backups,
      config: request.config,
      complete,
      ignored: merged.ignored,
      dropped: merged.instances.length - instances.length + (request.sightings?.dropped ?? 0),
    }),
    ...productSections(request.products, inspected),
    ...(settings.length > 0 && configuration(settings, request)),
  };
  return { ...conformed(values, request, began), instances: inspected };
}

async function discover(request: MiddlewareRequest): Promise<{ found: readonly Found[]; complete: boolean }> {
  const [inCluster, onHost] = await Promise.all([discoverInCluster(request), discoverOnHost(request)]);
  return { found: [...inCluster.found, ...onHost.found], complete: inCluster.complete && onHost.complete };
}
async function discoverInCluster({ config, sightings, cluster, products, signal }: MiddlewareRequest): Promise<{ found: readonly Found[]; complete: boolean }> {
  if (!config.discovery.cluster || !sightings) return { found: [], complete: true };
  const { operated, complete } = cluster ? await findOperated(cluster, products, signal) : { operated: [], complete: false };
  return { found: sightings.found(operated), complete: complete && sightings.complete };
}
async function discoverOnHost({ config, host, hostName, products, signal }: MiddlewareRequest): Promise<{ found: readonly Found[]; complete: boolean }> {
  if (!config.discovery.host || !host) return { found: [], complete: true };
  const homes = config.instances.flatMap((declared) => {
    const home = homeOf(declared);
    return home === undefined ? [] : [{ product: declared.product, home }];
  });
  return await findOnHost(host, hostName, products, signal, homes).catch(() => ({ found: [], complete: false }));
}

/** Drivers of products that exist, and of no other. A driver that cannot be loaded fails its own instances only. */
async function loadGatherers(products: readonly ProductDefinition[], instances: readonly Instance[]): Promise<ReadonlyMap<string, ProductGatherer>> {
  const wanted = products.filter(({ product }) => instances.some((instance) => instance.product === product));
  const loaded = await Promise.all(wanted.map(async (definition) => [definition.product, await definition.load().catch(() => undefined)] as const));
  return new Map(loaded.flatMap(([product, gatherer]) => (gatherer ? [[product, gatherer] as const] : [])));
}

async function inspectOne(
  instance: Instance,
  gatherers: ReadonlyMap<string, ProductGatherer>,
  { signal: outer, now, clock, host, counters }: MiddlewareRequest & { readonly counters: CounterMemory },
): Promise<Inspected> {
  const began = clock();
  const end = (reading: Inspected['reading']): Inspected => ({ instance, reading: withMembers(reading, instance), durationMs: Math.round(clock() - began) });
  const gatherer = gatherers.get(instance.product);
  if (!gatherer) return end(unread(instance, 'failed'));
  if (instance.access.blackout.some((window) => isWithin(window, now))) return end(unread(instance, 'blackout'));
  const abort = new AbortController();
  const signal = AbortSignal.any([outer, abort.signal]);
  const context: InspectContext = {
    instance,
    counters,
    host: instance.place === 'host' ? host : undefined,
    signal,
    now,
    async visit(member, address = member.address) {
      if (address === undefined) throw new InstanceFailure('not-addressed');
      return new Visit(address, instance.access, await readSecrets(instance.access), signal);
    },
  };
  const work = gatherer.inspect(context);
  work.catch(() => undefined); // when the race is lost, its later failure is nobody's concern
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new InstanceFailure('timeout')), instance.access.limits.instanceMs);
    if (outer.aborted) reject(new InstanceFailure('timeout'));
    outer.addEventListener('abort', () => reject(new InstanceFailure('timeout')), { once: true });
  });
  try {
    return end(await Promise.race([work, deadline]));
  } catch (error) {
    return end(unread(instance, reachOf(error)));
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** An instance of which nothing could be read keeps its row: what is not known is not healthy. */
function unread({ id, mode, version, members }: Instance, reach: Reading<never>['reach']): Inspected['reading'] {
  const row = { instance: id, mode: mode ?? 'unknown', reach, denied: [], ...(version !== undefined && { version }) };
  const states = members.map(({ name }): MemberState => ({ member: name, role: 'unknown', reach, statements: 0, denied: 0 }));
  return { mode: row.mode, version, reach, members: states, lists: { rows: [row] } as unknown as Inspected['reading']['lists'], settings: [] };
}

/**
 * Rows for members of which nothing was told. Without them a check of members would pass on an empty list: an instance of which
 * nobody told anything has at least one member that is not known.
 */
function withMembers(reading: Inspected['reading'], { id }: Instance): Inspected['reading'] {
  const lists = reading.lists as unknown as Readonly<Record<string, readonly unknown[] | undefined>>; // by the name of the list
  if ((lists['members'] ?? []).length > 0 || reading.reach === 'files-only') return reading;
  const states = reading.members.length > 0 ? reading.members : [{ member: id, reach: reading.reach }];
  const members = states.map(({ member, reach }) => ({ instance: id, member, role: 'unknown', reach, denied: [] }));
  return { ...reading, lists: { ...lists, members } as unknown as Inspected['reading']['lists'] }; // sections without such a list leave it out
}

/** The lists of all instances of a product, one after the other. */
function productSections(products: readonly ProductDefinition[], inspected: readonly Inspected[]): Partial<Record<SectionName, unknown>> {
  const out: Partial<Record<SectionName, unknown>> = {};
  for (const { product, section } of products) {
    const own = inspected.filter(({ instance }) => instance.product === product);
    if (own.length === 0) continue;
    const definition: SectionDefinition = SECTIONS[section];
    const value: Record<string, unknown> = {};
    let dropped = 0;
    for (const [name, field] of Object.entries(definition.fields)) {
      if (field.type !== 'list') continue;
      const rows = own.flatMap(({ reading }) => (reading.lists as unknown as Readonly<Record<string, readonly unknown[] | undefined>>)[name] ?? []);
      dropped += Math.max(0, rows.length - field.cap);
      value[name] = rows.slice(0, field.cap);
    }
    out[section] = { ...value, dropped };
  }
  return out;
}

function configuration(settings: readonly SettingRow[], { baselines, config }: MiddlewareRequest): Pick<Sections, 'middlewareSettings' | 'middlewareDrift'> {
  const cap = SECTIONS.middlewareSettings.fields.rows.cap;
  const drift = driftOf(settings, baselines, config.baselines);
  return {
    middlewareSettings: { rows: settings.slice(0, cap), dropped: Math.max(0, settings.length - cap) },
    middlewareDrift: { ...drift, rows: drift.rows.slice(0, cap), dropped: Math.max(0, drift.rows.length - cap) },
  };
}

function conformed(values: Partial<Record<SectionName, unknown>>, { products, optOut, clock, onDone }: MiddlewareRequest, began: number): Omit<MiddlewareGathered, 'instances'> {
  const sections: Partial<Record<SectionName, unknown>> = {};
  const reports: GathererReport[] = [];
  const names: readonly SectionName[] = ['middleware', 'middlewareSettings', 'middlewareDrift', ...products.map(({ section }) => section)];
  for (const section of names) {
    const base = { section, domain: 'middleware' as const, durationMs: Math.round(clock() - began) };
    const value = values[section];
    if (optOut.has(SECTIONS[section].group)) reports.push({ ...base, status: 'failed', reason: 'opted-out', dropped: 0 });
    else if (value === undefined) reports.push({ ...base, status: 'absent', reason: 'not-present', dropped: 0 });
    else {
      try {
        const { value: built, dropped } = conform(SECTIONS[section], value);
        sections[section] = built;
        reports.push({ ...base, status: 'ok', dropped });
      } catch (error) {
        reports.push({ ...base, status: 'failed', reason: reasonOf(error), dropped: 0 });
      }
    }
    const report = reports.at(-1);
    if (report) onDone?.(report, reports.length, names.length);
  }
  return { sections: sections as SomeSections, reports };
}
