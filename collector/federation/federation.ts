/** The site's end of a federation: for each linked cluster one sender upwards, and a look at what the support centre did. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ingestUrl } from '../../agent/delivery/collector-address.ts';
import { readConsent } from '../../agent/delivery/consent.ts';
import { Ledger } from '../../agent/delivery/ledger.ts';
import { Sender, type SenderState } from '../../agent/delivery/sender.ts';
import { Transport } from '../../agent/delivery/transport.ts';
import type { Boundary } from '../../agent/wire/encode-values.ts';
import { AppError } from '../errors.ts';
import type { IncidentMachine } from '../incidents/machine.ts';
import type { JobSpec } from '../job.ts';
import type { Database } from '../store/database.ts';
import { saveStatusAt, statusAt } from '../store/federation-store.ts';
import { type FederationConfig, type Link, resolveLinks } from './links.ts';
import { RelayQueue } from './relay-queue.ts';
import { StatusAnswer, type StatusOutcome, takeStatus } from './take-status.ts';

/** What the site keeps for itself. */
export interface SiteNames {
  readonly boundary: Boundary;
  /** Keeps the way back from the pseudonyms made so far. */
  readonly keep: () => Promise<void>;
}
export interface FederationOptions {
  readonly config: FederationConfig;
  readonly database: Database;
  readonly incidents: Pick<IncidentMachine, 'command'>;
  readonly dataDir: string;
  readonly version: string;
  readonly site: SiteNames | undefined;
  readonly logger: Logger;
  readonly now: () => number;
}

const STATUS_MS = 3_000;
const LINKS_MS = 15_000;
/** What was committed late stands before what is known already: so much is read again. */
const OVERLAP_MS = 120_000;
const MOST_SEEN = 20_000;

/** @throws AppError when the address is not one to send to */
export function federationJobs(options: FederationOptions): readonly JobSpec[] {
  const url = ingestUrl(options.config.url);
  if (!(url instanceof URL)) throw new AppError('invalid', `federation.url: ${url}`);
  return [
    {
      // One collector forwards; another takes over where it stops, from the same rows.
      name: 'federation',
      everyMs: LINKS_MS,
      where: 'one-collector',
      async run(now, signal) {
        const { links, unknown } = await resolveLinks(options.database, options.config, now);
        if (unknown.length > 0) options.logger.warn({ clusters: unknown.length }, 'clusters of `federation` are not enrolled here');
        const forwarders = links.map((link) => new Forwarder(link, url, options));
        // As long as this collector has the lease: new clusters are looked for whenever it begins anew.
        const turn = AbortSignal.any([signal, AbortSignal.timeout(unknown.length > 0 ? LINKS_MS : TURN_MS)]);
        await Promise.all(forwarders.map((forwarder) => forwarder.run(turn)));
      },
    },
  ];
}
const TURN_MS = 3_600_000;

class Forwarder {
  readonly #link: Link;
  readonly #options: FederationOptions;
  readonly #transport: Transport;
  readonly #asking: Transport;
  readonly #log: Logger;
  readonly #seen = new Set<string>();

  constructor(link: Link, url: URL, options: FederationOptions) {
    const { caFile, clientCertFile, clientKeyFile, proxy } = options.config;
    const files = { tokenFile: link.tokenFile, caFile, clientCertFile, clientKeyFile };
    const way = { ...files, url, proxy: proxy === undefined ? undefined : new URL(proxy), deadlineMs: 30_000, version: options.version };
    this.#link = link;
    this.#options = options;
    this.#transport = new Transport(way);
    this.#asking = new Transport(way);
    this.#log = options.logger.child({ cluster: link.clusterId });
  }

  async run(signal: AbortSignal): Promise<void> {
    const { database, config, dataDir, site, now } = this.#options;
    const queue = new RelayQueue({
      ...{ database, clusterId: this.#link.clusterId, boundary: site?.boundary, opened: new Set(config.clearNames), now },
      onSealed: async () => await site?.keep(),
      onRefused: (word, kind) => this.#log.error({ word, kind }, 'a payload cannot be forwarded and is kept'),
      onTrimmed: (count) => this.#log.error({ count }, 'payloads that waited too long for the support centre were given up'),
    });
    const sender = new Sender(queue, this.#transport, {
      startMs: 0,
      random: Math.random,
      onState: (state, before) => logState(this.#log, state, before),
      consent: async () => await readConsent(config.consentFolder),
      ledger: await Ledger.open(join(dataDir, 'federation', this.#link.clusterId, 'ledger'), { url: config.url, now: Date.now }),
    });
    await Promise.all([sender.run(signal), queue.watch(signal), this.#followStatus(signal)]);
  }

  async #followStatus(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#readStatus(signal).catch((error: unknown) =>
        this.#log.warn({ kind: error instanceof Error ? error.name : 'unknown' }, 'what the support centre did could not be taken'),
      );
      await sleep(STATUS_MS, undefined, { signal }).catch(() => undefined);
    }
    this.#asking.close();
  }

  async #readStatus(signal: AbortSignal): Promise<void> {
    const { database } = this.#options;
    const known = await statusAt(database.db, this.#link.clusterId);
    if (known === undefined) return;
    const since = known - OVERLAP_MS;
    let newest = known;
    for (let cursor: string | undefined; !signal.aborted; ) {
      const path = `federation/events?since=${Math.max(0, since)}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const answer = await this.#asking.ask(path, signal);
      if (answer?.status !== 200) return; // the sender tells of a support centre that is away
      const page = StatusAnswer.safeParse(parse(answer.text));
      if (!page.success) return this.#log.warn('the support centre answers in words that are not known here');
      for (const event of page.data.items) {
        await this.#take(event);
        newest = Math.max(newest, event.at);
      }
      cursor = page.data.next;
      if (cursor === undefined) break;
    }
    if (newest > known) await saveStatusAt(database.db, this.#link.clusterId, newest);
  }

  async #take(event: Parameters<typeof takeStatus>[2]): Promise<void> {
    const key = `${event.incidentId}.${event.version}`;
    if (this.#seen.has(key)) return;
    const { database, incidents, site, now } = this.#options;
    const outcome: StatusOutcome = await takeStatus({ database, incidents, boundary: site?.boundary, now }, this.#link, event);
    // An incident that is not here yet may come from our own agents in a moment.
    if (outcome === 'unmatched' && now() - event.at < OVERLAP_MS) return;
    if (this.#seen.size >= MOST_SEEN) this.#seen.clear();
    this.#seen.add(key);
    this.#log.info({ incident: event.number, outcome }, 'the support centre acted');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const CALLS: ReadonlySet<SenderState> = new Set(['unauthorized', 'forbidden', 'misdirected', 'proxy-refused', 'untrusted', 'credentials-unusable']);
const FINE: ReadonlySet<SenderState> = new Set(['starting', 'idle', 'sending', 'stopped']);
function logState(log: Logger, state: SenderState, before: SenderState): void {
  if (state === 'withheld') log.info('the site lets nothing be forwarded now');
  else if (CALLS.has(state)) log.error({ state }, 'forwarding has stopped: somebody must act');
  else if (!FINE.has(state)) log.warn({ state }, 'the support centre is not reached: trying again');
  else if (!FINE.has(before)) log.info('the support centre is reached again');
}
