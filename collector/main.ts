/** The collector as a process: database, parts, jobs, listener; and a stop that loses nothing. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server as SecureServer } from 'node:tls';
import type { Logger } from 'pino';
import type { CollectorConfig } from './config.ts';
import { type FederationOptions, federationJobs, type SiteNames } from './federation/federation.ts';
import { resolveLinks } from './federation/links.ts';
import { enrollKnown } from './fleet/enroll.ts';
import { makeFolder } from './folder.ts';
import { createApp } from './http/app.ts';
import { serveMetrics } from './http/metrics-server.ts';
import { setupUrl } from './http/routes/user-routes.ts';
import { followTls, readTls } from './http/tls-files.ts';
import type { CheckTexts } from './incident-news.ts';
import type { Knowledge } from './inspections/knowledge.ts';
import { Job, type JobSpec } from './job.ts';
import { jobsOf } from './jobs.ts';
import { errorFields } from './log.ts';
import { secretBoxOf } from './notify/secret-box.ts';
import { isAnotherAtWork } from './notify/shared-key.ts';
import { LivePolicies } from './packs/packs.ts';
import { advertisedUrlOf, openHost, publicUrlOf } from './public-url.ts';
import { signingKeyOf } from './reports/signing-key.ts';
import { retentionOf } from './retention/retention.ts';
import type { SiteDesk } from './site.ts';
import { type Database, openDatabase } from './store/database.ts';
import { SETTINGS, writeSetting } from './store/setting-store.ts';
import { loadPolicies, type PolicyAdditions } from './support/policies.ts';
import { type Wired, wireCollector } from './wiring.ts';

export interface Collector extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  readonly metricsPort: number | undefined;
  /** One-time link to set up the first administrator; absent when there is one. */
  readonly setupLink: string | undefined;
  readonly database: Database;
  readonly wired: Wired;
}
export interface StartOptions {
  readonly config: CollectorConfig;
  readonly logger: Logger;
  readonly checkTexts: CheckTexts;
  /** What reports need beside the store. */
  readonly knowledge?: Knowledge | undefined;
  /** Reads a stored rule pack, and learns from it what is not the collector's own business. */
  readonly packs?: PackReader | undefined;
  /** The site's key and its way back, for what is forwarded. */
  readonly border?: SiteNames | undefined;
  /** The agents' own folders, where they are on this machine. */
  readonly site?: SiteDesk | undefined;
  /** Of the program. */
  readonly version: string;
  /** The key of the secrets in the database is lost: ours counts from now on. */
  readonly replaceKey?: boolean | undefined;
  readonly now?: () => number;
}

/** A step of the start that failed, so that the message can say what to change. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly step: 'data-dir' | 'enrolment' | 'database' | 'tls' | 'secret' | 'policies' | 'key' | 'shared-key' | 'federation' | 'listen' | 'metrics';
  constructor(step: StartError['step'], cause: unknown) {
    super(`cannot start: ${step}`, { cause });
    this.step = step;
  }
}
async function step<T>(name: StartError['step'], work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StartError(name, cause);
  }
}

/** Requests that are on their way get this long; then their connections are cut. */
const DRAIN_MS = 20_000;

/** @throws StartError */
export async function startCollector({ config, logger, checkTexts, knowledge, packs, site, border, version, replaceKey, now = Date.now }: StartOptions): Promise<Collector> {
  await using stack = new AsyncDisposableStack();
  const state = { open: false };
  const database = stack.use(await openStore(config));
  const wired = await wireStore(config, { database, logger, checkTexts, knowledge, packs, site, version, now, isOpen: () => state.open });
  const { deps, ingest, worker } = wired;
  await step('shared-key', () => deps.sharedKey.agree(deps.targets, { now: now(), replace: replaceKey === true }));
  stack.use(ingest);
  stack.use(worker);
  const holder = `${hostname()}_${process.pid}_${randomUUID().slice(0, 8)}`;
  if (config.enrolment) await step('enrolment', () => enrolOwn(config, { database, holder, now }));
  const above = await federationOf(config, { database, deps, logger, version, site: border, now });
  const jobs = [
    ...above,
    ...jobsOf({
      deps,
      maker: { ...wired.maker, holder },
      onSignals: wired.onSignals,
      onTaken: wired.onTaken,
      retention: retentionOf(config.retention),
      logger,
      holder,
      listeningSince: now(),
    }),
  ].map((spec) => new Job(spec, { database, logger, holder, now, onRun: (name, outcome, seconds) => deps.metrics.recordJob(name, outcome, seconds, now()) }));
  for (const job of jobs) stack.use(job);
  const metricsServer = config.metrics.listen && stack.use(await step('metrics', () => serveMetrics(config.metrics.listen ?? { host: '127.0.0.1', port: 0 }, deps.metrics)));
  const { tls: tlsFiles } = config;
  const tls = tlsFiles && (await step('tls', () => readTls(tlsFiles)));
  const { app } = await createApp(deps, logger, { trustProxy: config.trustProxy, tls });
  if (tlsFiles && tls && app.server instanceof SecureServer) stack.use(followTls(tlsFiles, tls, app.server, logger));
  stack.defer(async () => {
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
    await app.close();
    clearTimeout(cut);
  });
  await step('listen', () => app.listen({ host: config.listen.host, port: config.listen.port }));
  const { port } = app.server.address() as AddressInfo;
  const url = `${tls ? 'https' : 'http'}://${openHost(config.listen.host)}:${port}`;
  const advertised = advertisedUrlOf({ ...config, listen: { host: config.listen.host, port } }, tls?.cert);
  // Of several collectors one may know the address that leads to all of them; those that only guess leave that alone.
  if (config.publicUrl !== undefined || !(await isAnotherAtWork(database.db, now()))) await writeSetting(database.db, SETTINGS.publicUrl, advertised);
  for (const job of jobs) job.start();
  worker.start();
  state.open = true;
  const setupLink = (await deps.accounts.hasAdministrator()) ? undefined : setupUrl(config.publicUrl ?? url, (await deps.accounts.administratorLink(now())).secret);
  logger.info({ version, engine: database.engine, port, metricsPort: metricsServer?.port, tls: tls !== undefined }, 'collector started');
  const sealedElsewhere = await deps.targets.sealedElsewhere();
  if (sealedElsewhere > 0)
    logger.error(
      { targets: sealedElsewhere, keyFile: config.keyFile ?? join(config.dataDir, 'secret.key') },
      'secrets of targets were sealed under a key that is gone: enter them again',
    );
  const owned = stack.move();
  return {
    url,
    metricsPort: metricsServer?.port,
    setupLink,
    database,
    wired,
    async [Symbol.asyncDispose]() {
      state.open = false; // balancers look elsewhere before we stop
      await sleep(config.drainSeconds * 1_000);
      await owned.disposeAsync();
      logger.info('collector stopped');
    },
  };
}

/** Opens the configured database and brings its schema up to date. @throws StartError */
export async function openStore({ dataDir, database }: CollectorConfig): Promise<Database> {
  const url = database.urlFile === undefined ? database.url : (await step('secret', () => readFile(database.urlFile ?? '', 'utf8'))).trim();
  await step('data-dir', () => makeFolder(dataDir));
  const ca = database.caFile === undefined ? undefined : await step('secret', () => readFile(database.caFile ?? '', 'utf8'));
  return await step('database', () => openDatabase({ url, poolSize: database.poolSize, ca }));
}

/** The parts on an open database, without a listener and without jobs: also for commands beside a running collector. @throws StartError */
export async function wireStore(
  config: CollectorConfig,
  parts: {
    readonly database: Database;
    readonly logger: Logger;
    readonly checkTexts: CheckTexts;
    readonly knowledge: Knowledge | undefined;
    readonly packs?: PackReader | undefined;
    readonly site?: SiteDesk | undefined;
    readonly version: string;
    readonly now: () => number;
    readonly isOpen: () => boolean;
  },
): Promise<Wired> {
  const { oidc, sessions, metrics } = config;
  const { packs, ...rest } = parts;
  const policies = await step('policies', () => new LivePolicies(loadPolicies(config.policiesDir)));
  const refreshPack = packs && (async (): Promise<boolean> => await takeUp(policies, parts.database, packs));
  if (refreshPack) await step('policies', refreshPack);
  const secret = async (file: string | undefined): Promise<string | undefined> => (file === undefined ? undefined : (await step('secret', () => readFile(file, 'utf8'))).trim());
  const key = await step('key', () => signingKeyOf(config.reports.keyFile ?? join(config.dataDir, 'report-signing.key')));
  return wireCollector({
    ...rest,
    refreshPack,
    signingKey: async () => key,
    prices: config.reports.prices,
    isFederated: config.federation !== undefined,
    box: await step('key', () => secretBoxOf(config.keyFile ?? join(config.dataDir, 'secret.key'))),
    policies,
    publicUrl: publicUrlOf(config),
    installedAs: config.enrolment?.installation && { cluster: config.enrolment.cluster, ...config.enrolment.installation },
    defaultPolicy: config.defaultPolicy,
    sessionTimes: { idleMs: sessions.idleMinutes * 60_000, absoluteMs: sessions.absoluteHours * 3_600_000 },
    oidc: oidc && { ...oidc, clientSecret: await secret(oidc.clientSecretFile) },
    metricsToken: await secret(metrics.tokenFile),
    allowedNetworks: config.allowedNetworks,
    incidentSettings: { observeMs: config.incidents.observeSeconds * 1_000 },
  });
}

async function federationOf(
  { federation, dataDir }: CollectorConfig,
  { deps, ...rest }: Omit<FederationOptions, 'config' | 'incidents' | 'dataDir'> & { readonly deps: Wired['deps'] },
): Promise<readonly JobSpec[]> {
  if (!federation) return [];
  return await step('federation', async () => {
    // Before anything is listened to: no payload of a linked cluster is taken without being queued.
    await resolveLinks(rest.database, federation, rest.now());
    return federationJobs({ ...rest, config: federation, incidents: deps.incidents, dataDir });
  });
}

export interface PackReader {
  readonly contentOf: (text: string) => PolicyAdditions;
  /** @param text of the pack that counts; empty: none */
  readonly learn: (text: string) => void;
}
async function takeUp(policies: LivePolicies, database: Database, { contentOf, learn }: PackReader): Promise<boolean> {
  const text = await policies.refresh(database.db, contentOf);
  if (text !== undefined) learn(text);
  return text !== undefined;
}

/** The cluster that this collector stands in: its agents must find their token known when they first come. */
async function enrolOwn(
  { enrolment, policiesDir }: CollectorConfig,
  { database, holder, now }: { readonly database: Database; readonly holder: string; readonly now: () => number },
): Promise<void> {
  if (!enrolment) return;
  const { tokenFile, ...rest } = enrolment;
  await enrollKnown(database, loadPolicies(policiesDir), rest, (await readFile(tokenFile, 'utf8')).trim(), { holder, now });
}

/** For the log of a start that failed: fields only; where a known fault came from helps nobody. */
export function startFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof StartError)) return errorFields(error);
  const { frames: _frames, ...fields } = errorFields(error.cause);
  return { step: error.step, ...fields };
}
