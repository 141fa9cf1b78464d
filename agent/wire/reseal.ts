/**
 * Over the site's border: what agents sealed for their site's own collector, names clear, is built anew by the same encoder with
 * pseudonyms under the site's key. The bytes are those that the agent would have sent to the vendor itself.
 */
import { seal } from './encode.ts';
import { sealHeartbeat, sealSignals } from './encode-signals.ts';
import { type Boundary, RefusedError, type SealedPayload, type Sender } from './encode-values.ts';
import type { PayloadKind } from './envelope.ts';
import type { CheckVerdict, Finding, GathererReport } from './inspection.ts';
import type { SomeSections } from './section-values.ts';
import type { Heartbeat, SignalBatch } from './signal.ts';
import { NAME_KINDS, type NameKind } from './vocabulary.ts';

interface Travelled {
  readonly agent: Sender;
  readonly clearNames: readonly string[];
}
interface TravelledInspection extends Travelled {
  readonly takenAt: number;
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  readonly findingsCut: number;
}

/** Kinds of names that stand clear in a payload. */
export function clearKindsIn(json: string): readonly NameKind[] {
  const words = /"clearNames":\[([^\]]{0,2000})\]/.exec(json)?.[1] ?? '';
  return NAME_KINDS.filter((kind) => words.includes(`"${kind}"`));
}

/** Whether it may cross the site's border as it is: nothing stands clear in it but what the site opened. */
export function mayCross(json: string, opened: ReadonlySet<NameKind>): boolean {
  return clearKindsIn(json).every((kind) => opened.has(kind));
}

/**
 * @param json of a payload that the contract accepts
 * @throws RefusedError for anything outside the contract; GuardTrippedError when the result holds what may not leave
 */
export function reseal(kind: PayloadKind, json: string, border: Boundary): SealedPayload {
  const clear = new Set(clearKindsIn(json));
  const boundary: Boundary = { ...border, kept: new Set(NAME_KINDS.filter((one) => !clear.has(one))) };
  const payload = JSON.parse(json) as Travelled;
  switch (kind) {
    case 'inspection': {
      const { agent, takenAt, sections, gatherers, verdicts, findings, findingsCut } = payload as TravelledInspection;
      return seal({ agent, takenAt, sections, gatherers, verdicts, findings, findingsCut }, boundary);
    }
    case 'signals':
      return sealSignals(payload.agent, payload as Travelled & SignalBatch, boundary);
    case 'heartbeat':
      return sealHeartbeat(payload.agent, payload as Travelled & Heartbeat, boundary);
    default:
      throw new RefusedError(kind satisfies never);
  }
}
