/** Wires outbox, sender and heartbeats together for one agent. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { errorFields, leakOf } from '../runtime/error-fields.ts';
import { keepReverseTable } from '../site/site.ts';
import { VERSION } from '../version.ts';
import { sealHeartbeat, sealSignals } from '../wire/encode-signals.ts';
import type { Boundary, SealedPayload, Sender as SenderFacts } from '../wire/encode-values.ts';
import type { AgentRequest, RequestReport, Takes } from '../wire/request.ts';
import type { SignalBatch } from '../wire/signal.ts';
import type { Group } from '../wire/vocabulary.ts';
import { agentId } from './agent-id.ts';
import { type Consent, leavesOf, readConsent } from './consent.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { LockedError } from './directory-lock.ts';
import { type Handover, takeOver } from './handover.ts';
import { beatEvery } from './heartbeat.ts';
import { Ledger } from './ledger.ts';
import { registerDelivery } from './metrics.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import { phaseOf } from './phase.ts';
import { Sender, type SenderState } from './sender.ts';

export interface DeliveryContext {
  readonly stateDir: string;
  /** A boundary for one payload: pseudonyms that lived as long as the process would remember every name it ever met. */
  readonly boundary: () => Promise<Boundary>;
  readonly registry: Registry;
  readonly log: Logger;
  /** Who sends, now: the epoch changes with leadership. */
  readonly sender: () => SenderFacts;
  /** The privacy guard blocked a payload. */
  readonly onBlocked: (error: unknown) => void;
  /** Unix seconds of the last inspection's end. */
  readonly lastInspectionAt: () => number | undefined;
  /** What the site lets the collector ask, and what became of the newest request. */
  readonly takes: Takes;
  readonly report: () => RequestReport | undefined;
  /** Groups of facts that the site's file switches off. */
  readonly optOut: readonly Group[];
  readonly onRequests: (requests: readonly AgentRequest[]) => void;
}

/** What the rest of the agent hands over. */
export interface Delivery {
  /** Sends until the signal aborts, then what it can. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * Seals signals and keeps them.
   * @param active troubles that are told as not over, for heartbeats
   * @returns once they are on disk, or in memory where the disk takes nothing
   * @throws RefusedError when a value is outside the contract
   */
  onSignals(batch: SignalBatch, active: number): Promise<void>;
  /** Where the next inspection's process puts its payload. */
  handover(): Handover;
  /** Takes up what an inspection's process has put there. @returns how many payloads */
  takeOver(): Promise<number>;
  /** Keeps a heartbeat out of its turn: somebody waits for what it says. Never rejects. */
  beat(): Promise<void>;
  /** What the site lets leave now. */
  consent(): Promise<Consent>;
  /** The outbox as it is now. */
  readonly outbox: Outbox;
}

/** How long an agent that is started while its predecessor still ends waits for it. */
const PATIENCE_MS = 30_000;
/** Agents that start together send their first within this: who installs them sees something soon, and 5,000 are 500 a second. */
const START_SPREAD_SECONDS = 10;
/** States that somebody has to look at; the others pass by themselves. */
const CALLS: ReadonlySet<SenderState> = new Set(['unauthorized', 'forbidden', 'misdirected', 'proxy-refused', 'untrusted', 'credentials-unusable']);
const FINE: ReadonlySet<SenderState> = new Set(['starting', 'idle', 'sending', 'stopped']);

/** @throws LockedError when another agent keeps using the folder */
export async function openDelivery(options: DeliveryOptions, context: DeliveryContext): Promise<Delivery> {
  const { stateDir, log, registry } = context;
  const clock = (): number => performance.now();
  const folder = join(stateDir, 'outbox');
  const handoverFolder = join(folder, 'handover');
  const agent = await agentId(stateDir);
  const outbox = await openPatiently(folder, {
    maxBytes: options.maxBytes,
    maxAgeSeconds: options.maxAgeSeconds,
    boundary: options.boundary,
    agent,
    boot: randomBytes(8).toString('hex'),
    now: unixNow,
    clock,
  });
  const phase = phaseOf(agent);
  const { Transport } = await import('./transport.ts');
  const consent = (): Promise<Consent> => readConsent(options.consentFolder, stateDir);
  /** Said only to a collector that asks: an older one would refuse a heartbeat that says more than it knows. */
  let isAsked = false;
  const sender = new Sender(
    outbox,
    new Transport({ ...options, url: new URL(options.url), proxy: options.proxy === undefined ? undefined : new URL(options.proxy), deadlineMs: 30_000, version: VERSION }),
    {
      startMs: phase * Math.min(options.heartbeatSeconds, START_SPREAD_SECONDS) * 1_000,
      random: Math.random,
      onState: (state, before) => logState(log, state, before),
      consent,
      onRequests: (requests) => {
        isAsked = true;
        context.onRequests(requests);
      },
      ledger: await Ledger.open(join(stateDir, 'ledger'), { url: options.url, now: Date.now }),
    },
  );
  registerDelivery(
    registry,
    () => outbox.state,
    () => sender.state,
  );
  let activeSignals = 0;
  const sayWhetherDiskTakes = watchDisk(log, outbox);

  /** Tells of a payload that was blocked, before whoever wanted it sent is told. */
  const guarded = (sealing: () => SealedPayload): SealedPayload => {
    try {
      return sealing();
    } catch (error) {
      if (leakOf(error) !== undefined) context.onBlocked(error);
      throw error;
    }
  };
  const beat = async (): Promise<void> => {
    const { items, bytes, oldestAgeSeconds, dropped } = outbox.state;
    const heartbeat = {
      at: unixNow(),
      intervalSeconds: options.heartbeatSeconds,
      uptimeSeconds: process.uptime(),
      lastInspectionAt: context.lastInspectionAt(),
      outbox: { items, bytes, oldestAgeSeconds, dropped },
      activeSignals,
      ...(isAsked && { takes: context.takes, request: context.report(), leaves: leavesOf(await consent(), context.optOut) }),
    };
    const boundary = await context.boundary();
    await outbox.keep(
      'heartbeat',
      guarded(() => sealHeartbeat(context.sender(), heartbeat, boundary)),
    );
    sayWhetherDiskTakes();
  };
  const beatNow = (): Promise<void> => beat().catch((error: unknown) => log.error(errorFields(error), 'no heartbeat'));
  const takeOverNow = async (): Promise<number> => await takeOver(handoverFolder, outbox, options.boundary);
  await takeOverNow().catch((error: unknown) => log.warn(errorFields(error), 'an earlier inspection cannot be taken up'));

  return {
    outbox,
    beat: beatNow,
    consent,
    handover: () => ({ folder: handoverFolder, id: outbox.nextId(), boundary: options.boundary }),
    takeOver: takeOverNow,
    async onSignals(batch, active) {
      const boundary = await context.boundary();
      await outbox.keep(
        'signals',
        guarded(() => sealSignals(context.sender(), batch, boundary)),
      );
      sayWhetherDiskTakes();
      activeSignals = active;
      await keepReverseTable(stateDir, boundary.pseudonyms, 'signals').catch((error: unknown) => log.warn(errorFields(error), 'the reverse table cannot be written'));
    },
    async run(signal) {
      const beats = beatEvery(options.heartbeatSeconds * 1_000, phase, clock, beatNow, signal);
      await Promise.all([beats, sender.run(signal)]);
      await outbox.close().catch((error: unknown) => log.warn(errorFields(error), 'the outbox was not closed'));
    },
  };
}

function logState(log: Logger, state: SenderState, before: SenderState): void {
  if (state === 'withheld') log.info('the site lets nothing of what waits leave now');
  else if (CALLS.has(state)) log.error({ state }, 'sending has stopped: somebody must act');
  else if (!FINE.has(state)) log.warn({ state }, 'the collector is not reached: trying again');
  else if (!FINE.has(before)) log.info('the collector is reached again');
}

/** @returns says it once when the disk begins to refuse payloads, and once when it takes them again */
function watchDisk(log: Logger, outbox: Outbox): () => void {
  let wasWritable = true;
  return () => {
    const { isWritable } = outbox.state;
    if (isWritable === wasWritable) return;
    wasWritable = isWritable;
    if (isWritable) log.info('the state folder takes payloads again');
    else log.error('the state folder takes nothing, is its disk full? Payloads wait in memory and would go with this process');
  };
}

async function openPatiently(folder: string, options: OutboxOptions): Promise<Outbox> {
  const until = options.clock() + PATIENCE_MS;
  for (;;) {
    try {
      return await Outbox.open(folder, options);
    } catch (error) {
      if (!(error instanceof LockedError) || options.clock() > until) throw error;
      await sleep(500);
    }
  }
}

function unixNow(): number {
  return Date.now() / 1_000;
}
