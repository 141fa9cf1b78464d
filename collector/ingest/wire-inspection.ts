import type { Sender } from '../../agent/wire/encode-values.ts';
import type { CheckVerdict, Finding, GathererReport } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { NameKind } from '../../agent/wire/vocabulary.ts';

/** An inspection as it travelled: what {@link payloadSchema} accepts. */
export interface WireInspection {
  readonly schema: number;
  readonly agent: Sender;
  /** Unix seconds. */
  readonly takenAt: number;
  readonly clearNames: readonly NameKind[];
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  readonly findingsCut: number;
}

/** What of it facts are drawn from; of its sections, at least those that they need. */
export type FactSource = Pick<WireInspection, 'agent' | 'takenAt' | 'sections' | 'verdicts' | 'findings' | 'findingsCut'>;
