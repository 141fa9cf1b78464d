/** Payloads of signals and heartbeats, built like every other: field by field, names as pseudonyms, refused when anything is unknown. */
import { CHECK_IDS } from './check-ids.ts';
import { type Boundary, brand, encodeFinding, encodeScope, encodeSender, member, RefusedError, type SealedPayload, type Sender, whole } from './encode-values.ts';
import { SCHEMA_VERSION } from './inspection.ts';
import { HOLDS, LEAVING, type Leaves } from './leaves.ts';
import { REFUSALS, REQUEST_STATES, type RequestReport, TAKES } from './request.ts';
import { DROP_REASONS, type Heartbeat, MOST_SIGNALS, SIGNAL_STATES, type Signal, type SignalBatch } from './signal.ts';
import { KNOWN_ALERTS, MOST_SITE_INCIDENTS, SITE_INCIDENT_KINDS, SITE_SOURCES, SITE_STATES, type SiteIncident } from './site-incident.ts';
import { GROUPS, SEVERITIES } from './vocabulary.ts';

/** @throws RefusedError for more than {@link MOST_SIGNALS} signals or a value outside its type */
export function sealSignals(agent: Sender, { at, complete, signals, incidents }: SignalBatch, boundary: Boundary): SealedPayload {
  if (signals.length > MOST_SIGNALS) throw new RefusedError('signals, too many');
  if (incidents !== undefined && incidents.length > MOST_SITE_INCIDENTS) throw new RefusedError('incidents, too many');
  return brand(
    {
      schema: SCHEMA_VERSION,
      agent: encodeSender(agent, boundary),
      at: whole(at, 'at'),
      clearNames: [...boundary.clearNames].sort(),
      complete,
      signals: signals.map((signal) => encodeSignal(signal, boundary)),
      ...(incidents && { incidents: incidents.map((incident) => encodeSiteIncident(incident, boundary)) }),
    },
    boundary,
  );
}

/** @throws RefusedError for a value outside its type */
export function sealHeartbeat(
  agent: Sender,
  { at, intervalSeconds, uptimeSeconds, lastInspectionAt, outbox, activeSignals, takes, request, leaves }: Heartbeat,
  boundary: Boundary,
): SealedPayload {
  const dropped = Object.fromEntries(Object.entries(outbox.dropped).map(([reason, count]) => [member(DROP_REASONS, reason, 'outbox.dropped'), whole(count, 'outbox.dropped')]));
  return brand(
    {
      schema: SCHEMA_VERSION,
      agent: encodeSender(agent, boundary),
      at: whole(at, 'at'),
      clearNames: [...boundary.clearNames].sort(),
      intervalSeconds: whole(intervalSeconds, 'intervalSeconds'),
      uptimeSeconds: whole(uptimeSeconds, 'uptimeSeconds'),
      ...(lastInspectionAt !== undefined && { lastInspectionAt: whole(lastInspectionAt, 'lastInspectionAt') }),
      outbox: {
        items: whole(outbox.items, 'outbox.items'),
        bytes: whole(outbox.bytes, 'outbox.bytes'),
        oldestAgeSeconds: whole(outbox.oldestAgeSeconds, 'outbox.oldestAgeSeconds'),
        dropped,
      },
      activeSignals: whole(activeSignals, 'activeSignals'),
      ...(takes !== undefined && { takes: member(TAKES, takes, 'takes') }),
      ...(request && { request: encodeReport(request) }),
      ...(leaves && { leaves: encodeLeaves(leaves) }),
    },
    boundary,
  );
}

function encodeLeaves({ level, hold, optOut }: Leaves): Record<string, unknown> {
  return {
    level: member(LEAVING, level, 'leaves.level'),
    hold: member(HOLDS, hold, 'leaves.hold'),
    optOut: [...new Set(optOut)].map((group) => member(GROUPS, group, 'leaves.optOut')).sort(),
  };
}
function encodeReport({ id, state, refusal }: RequestReport): Record<string, unknown> {
  return {
    id: whole(id, 'request.id'),
    state: member(REQUEST_STATES, state, 'request.state'),
    ...(refusal !== undefined && { refusal: member(REFUSALS, refusal, 'request.refusal') }),
  };
}

function encodeSiteIncident({ number, source, kind, severity, level, state, rule, scope, openedAt, at }: SiteIncident, boundary: Boundary): Record<string, unknown> {
  return {
    number: whole(number, 'incidents.number'),
    source: member(SITE_SOURCES, source, 'incidents.source'),
    kind: member(SITE_INCIDENT_KINDS, kind, 'incidents.kind'),
    severity: member(SEVERITIES, severity, 'incidents.severity'),
    level: whole(level, 'incidents.level'),
    state: member(SITE_STATES, state, 'incidents.state'),
    ...(rule !== undefined && { rule: member(KNOWN_ALERTS, rule, 'incidents.rule') }),
    ...(scope && { scope: encodeScope(scope, boundary) }),
    openedAt: whole(openedAt, 'incidents.openedAt'),
    at: whole(at, 'incidents.at'),
  };
}

function encodeSignal(signal: Signal, boundary: Boundary): Record<string, unknown> {
  const { state, since, at, flapping, maintenance, parent } = signal;
  return {
    ...encodeFinding(signal, boundary),
    state: member(SIGNAL_STATES, state, 'signals.state'),
    since: whole(since, 'signals.since'),
    at: whole(at, 'signals.at'),
    flapping: flapping === true,
    maintenance: maintenance === true,
    ...(parent && { parent: { check: member(CHECK_IDS, parent.check, 'signals.parent.check'), scope: encodeScope(parent.scope, boundary) } }),
  };
}
