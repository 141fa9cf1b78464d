/** Payloads as agents send them, from the fixtures of a healthy host and cluster, through the real encoder. */
import { gzipSync } from 'node:zlib';
import { CHECKS } from '../../agent/checks/index.ts';
import { seal } from '../../agent/wire/encode.ts';
import { sealHeartbeat, sealSignals } from '../../agent/wire/encode-signals.ts';
import type { Boundary, SealedPayload, Sender } from '../../agent/wire/encode-values.ts';
import { ENVELOPE_TYPE, envelopeLine, type PayloadKind } from '../../agent/wire/envelope.ts';
import type { CheckVerdict, Finding, GathererReport } from '../../agent/wire/inspection.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionDefinition } from '../../agent/wire/section.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { Heartbeat, Signal } from '../../agent/wire/signal.ts';
import type { ClusterIdentity } from '../../collector/ingest/apply.ts';
import type { IngestRequest } from '../../collector/ingest/ingest.ts';
import { FIXTURE_NOW, HEALTHY } from '../fixtures/healthy/index.ts';

/** Milliseconds. */
export const NOW = FIXTURE_NOW * 1_000;
const BOUNDARY: Boundary = { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set() };
/** As the wire names a node of the tests' site. */
export function pseudonymOf(node: string): string {
  return BOUNDARY.pseudonyms.of('node', node);
}

const DOMAINS = new Map(Object.values(SECTIONS).map(({ id, domain }: SectionDefinition) => [id, domain]));
function sectionsOf(domain: 'host' | 'cluster'): SomeSections {
  return Object.fromEntries(Object.entries(HEALTHY).filter(([id]) => DOMAINS.get(id) === domain));
}
export const HOST_SECTIONS = sectionsOf('host');
export const CLUSTER_SECTIONS = sectionsOf('cluster');
const PASSED = (domain: 'host' | 'cluster'): CheckVerdict[] =>
  CHECKS.filter(({ reads }) => reads.every((section) => DOMAINS.get(section) === domain)).map(({ id, area, severity }) => ({ check: id, area, severity, verdict: 'pass' }));
export const HOST_VERDICTS = PASSED('host');
export const CLUSTER_VERDICTS = PASSED('cluster');

export interface Inspected {
  readonly role?: Sender['role'];
  readonly node?: string;
  readonly epoch?: number;
  /** Unix seconds. */
  readonly takenAt?: number;
  readonly findings?: readonly Finding[];
  /** Changes of verdicts by check; `undefined` leaves the check out. */
  readonly verdicts?: Readonly<Record<string, CheckVerdict['verdict'] | undefined>>;
  readonly sections?: SomeSections;
}

/** An inspection of a healthy machine (or cluster), with what is wrong with it. */
export function inspection({ role = 'node', node = 'node-1', epoch = 0, takenAt = FIXTURE_NOW, findings = [], verdicts = {}, sections }: Inspected = {}): SealedPayload {
  const domain = role === 'cluster' ? 'cluster' : 'host';
  const shown = sections ?? (domain === 'cluster' ? CLUSTER_SECTIONS : HOST_SECTIONS);
  const failing = new Set(findings.map(({ check }) => check));
  const told = (domain === 'cluster' ? CLUSTER_VERDICTS : HOST_VERDICTS).flatMap((verdict): CheckVerdict[] => {
    if (Object.hasOwn(verdicts, verdict.check)) {
      const word = verdicts[verdict.check];
      return word === undefined ? [] : [{ ...verdict, verdict: word }];
    }
    return [failing.has(verdict.check) ? { ...verdict, verdict: 'fail' } : verdict];
  });
  const gatherers = Object.keys(shown).map((section): GathererReport => ({ section, domain, status: 'ok', durationMs: 3, dropped: 0 }));
  return seal({ agent: senderOf(role, node, epoch), takenAt, sections: shown, gatherers, verdicts: told, findings }, BOUNDARY);
}

export function signals(
  list: readonly Signal[],
  { role = 'node', node = 'node-1', epoch = 0, at = FIXTURE_NOW, complete = false }: { role?: Sender['role']; node?: string; epoch?: number; at?: number; complete?: boolean } = {},
): SealedPayload {
  return sealSignals(senderOf(role, node, epoch), { at, complete, signals: list }, BOUNDARY);
}
export function heartbeat(
  changes: Partial<Heartbeat> = {},
  { role = 'node', node = 'node-1', epoch = 0 }: { role?: Sender['role']; node?: string; epoch?: number } = {},
): SealedPayload {
  const outbox = { items: 0, bytes: 0, oldestAgeSeconds: 0, dropped: {} };
  return sealHeartbeat(senderOf(role, node, epoch), { at: FIXTURE_NOW, intervalSeconds: 60, uptimeSeconds: 600, outbox, activeSignals: 0, ...changes }, BOUNDARY);
}
function senderOf(role: Sender['role'], node: string, epoch: number): Sender {
  return role === 'cluster' ? { role, version: '0.2.0', epoch } : { role, version: '0.2.0', epoch, node };
}

export function diskFinding(mount = '/data', node = 'node-1'): Finding {
  return { check: 'disk-space-low', area: 'disk', severity: 'warning', unit: 'percent', scope: { kind: 'Mount', name: mount, node }, observed: 91, threshold: 85 };
}

/** One agent's numbering. */
export class Numbered {
  readonly agent: string;
  boot = 'b'.repeat(16);
  seq = 0;
  constructor(number = 1) {
    this.agent = number.toString(16).padStart(32, '0');
  }
  /** @param keptAt Unix seconds */
  line(kind: PayloadKind, payload: Pick<SealedPayload, 'json' | 'sha256'>, keptAt: number = FIXTURE_NOW): string {
    this.seq += 1;
    return envelopeLine({ agent: this.agent, boot: this.boot, seq: this.seq, kind, keptAt, sha256: payload.sha256 }, payload);
  }
}

export function requestOf(cluster: ClusterIdentity, body: string | Uint8Array, changes: Partial<IngestRequest> = {}): IngestRequest {
  const bytes = typeof body === 'string' ? gzipSync(body) : body;
  return { cluster, body: piecesOf(bytes), contentType: ENVELOPE_TYPE, contentEncoding: 'gzip', ...changes };
}
export async function* piecesOf(bytes: Uint8Array, size = 64 * 1_024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
