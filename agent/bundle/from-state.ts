/**
 * What lies in an agent's state folder, for a bundle: the outbox beside a running agent or after it, inspections on their way into
 * it, and the spool of an agent that has no collector. Reads, and settles nothing: what is also sent later is known by its id.
 * Signs of life are left out: on the way they would be old.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { agentId } from '../delivery/agent-id.ts';
import { Segment } from '../delivery/segment.ts';
import { parseSegmentName } from '../delivery/segment-file.ts';
import type { Boundary, SealedPayload } from '../wire/encode-values.ts';
import { type EnvelopeHeader, splitEnvelope } from '../wire/envelope.ts';
import { clearKindsIn, mayCross, reseal } from '../wire/reseal.ts';
import { NAME_KINDS } from '../wire/vocabulary.ts';
import { BundleError } from './bundle-error.ts';
import { type Carried, type CarriedPeriod, isWithin } from './carried.ts';

const HANDED = /^([0-9a-f]{32})\.([0-9a-f]{16})\.(\d{1,15})\.(?:vendor|site)\.json$/;
const SPOOLED = /^(\d{10,12})-[0-9a-f]{12}\.json$/;
const MOST_FILE_BYTES = 128 * 1024 * 1024;

export interface StateSource {
  readonly stateDir: string;
  readonly period: CarriedPeriod;
  /** For what was sealed with clear names, for the site's own collector. */
  readonly boundary: Boundary;
}

/** In the order in which they were kept, signals before inspections. */
export async function* payloadsInState({ stateDir, period, boundary }: StateSource): AsyncGenerator<Carried> {
  const folder = join(stateDir, 'outbox');
  for (const name of await namesIn(folder)) {
    const parsed = parseSegmentName(name);
    const segment = parsed && (await Segment.read(folder, parsed.lane, parsed.number).catch(() => undefined)); // sent and removed meanwhile
    if (segment instanceof Segment) yield* ofSegment(segment, period, boundary);
  }
  for (const name of await namesIn(join(folder, 'handover'))) {
    const [, agent = '', boot = '', seq] = HANDED.exec(name) ?? [];
    const found = seq === undefined ? undefined : await fileIn(join(folder, 'handover'), name);
    if (found && isWithin(period, found.at)) yield carried({ agent, boot, seq: Number(seq), kind: 'inspection', keptAt: found.at, sha256: '' }, found.json, boundary);
  }
  const agent = await agentId(stateDir);
  for (const name of await namesIn(join(stateDir, 'spool'))) {
    const keptAt = Number(SPOOLED.exec(name)?.[1] ?? Number.NaN);
    const found = isWithin(period, keptAt) ? await fileIn(join(stateDir, 'spool'), name) : undefined;
    // It was never given an id: one that is always the same for the same bytes makes every later export a repetition.
    if (found) yield ofSpool({ agent, boot: digestOf(found.json).slice(0, 16), seq: 1, kind: 'inspection', keptAt, sha256: '' }, found.json, boundary);
  }
}

async function* ofSegment(segment: Segment, period: CarriedPeriod, boundary: Boundary): AsyncGenerator<Carried> {
  for await (const found of segment.unsettled()) {
    if (!('head' in found) || found.head.kind === 'heartbeat' || !isWithin(period, found.head.keptAt)) continue;
    const body = await segment.body(found.offset, found.head).catch(() => undefined);
    const envelope = body && splitEnvelope(gunzipSync(body, { maxOutputLength: MOST_FILE_BYTES }).toString('utf8').trimEnd());
    // What was sealed for the vendor is what the site lets leave, its opened kinds included.
    if (envelope) yield found.head.boundary === 'vendor' ? asItIs(envelope.header, envelope.body) : carried(envelope.header, envelope.body, boundary);
  }
}

/** An agent without a collector seals for nobody but the vendor; only with everything clear it was told that its site is the receiver. */
function ofSpool(header: EnvelopeHeader, json: string, boundary: Boundary): Carried {
  return clearKindsIn(json).length < NAME_KINDS.length ? asItIs(header, json) : carried(header, json, boundary);
}
function asItIs(header: EnvelopeHeader, json: string): Carried {
  return { header: { ...header, sha256: digestOf(json) }, json };
}

/**
 * As it was sealed, or sealed anew for the way over the site's border.
 * @param opened kinds of names that may cross clear
 * @throws BundleError `needs-key` without a boundary
 */
export function carried(header: EnvelopeHeader, json: string, boundary: Boundary | undefined, opened: Boundary['clearNames'] = boundary?.clearNames ?? new Set()): Carried {
  if (mayCross(json, opened)) return asItIs(header, json);
  if (boundary === undefined) throw new BundleError('needs-key');
  const sealed: SealedPayload = reseal(header.kind, json, boundary);
  return { header: { ...header, sha256: sealed.sha256 }, json: sealed.json };
}

async function fileIn(folder: string, name: string): Promise<{ readonly json: string; readonly at: number } | undefined> {
  const path = join(folder, name);
  const facts = await stat(path).catch(() => undefined);
  if (!facts?.isFile() || facts.size > MOST_FILE_BYTES) return undefined;
  return { json: await readFile(path, 'utf8'), at: Math.floor(facts.mtimeMs / 1_000) };
}
async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort((one, other) => laneRank(one) - laneRank(other) || (one < other ? -1 : 1));
}
/** Signals open incidents: they stand before the inspections, as they are sent. */
function laneRank(name: string): number {
  return name.startsWith('signals') ? 0 : 1;
}
function digestOf(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}
