/** Section `claims` from watches of claims and of the few storage classes. */
import { type Json, nameOf, namespaceOf, objectAt, quantity, textAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { annotationOf } from '../objects/api-object.ts';
import { type ClaimRow, isDefaultClass, problemOf, toClaimRow } from '../objects/claims.ts';
import { NotableRows } from '../objects/notable-rows.ts';
import { Held } from './held.ts';

const MOST_ROWS = 2_000;

interface HeldClaim {
  readonly bound: boolean;
  readonly requestedBytes: number;
  /** Only of a claim with a problem: what its row is made of. */
  readonly claim: Json | undefined;
}
export class WatchedClaims {
  readonly held: Held<HeldClaim>;
  readonly classes = new Held((item) => ({ name: nameOf(item), waits: textAt(item, 'volumeBindingMode') === 'WaitForFirstConsumer', isDefault: isDefaultClass(item) }));
  readonly #totals = { bound: 0, requestedBytes: 0 };
  readonly #problems = new Map<string, Json>();

  constructor() {
    this.held = new Held<HeldClaim>(
      (claim) => ({
        bound: textAt(claim, 'status', 'phase') === 'Bound',
        requestedBytes: quantity(objectAt(claim, 'spec', 'resources', 'requests')['storage']) ?? 0,
        claim: problemOf(claim) && trimmed(claim),
      }),
      (key, before, after) => {
        this.#totals.bound += Number(after?.bound ?? false) - Number(before?.bound ?? false);
        this.#totals.requestedBytes += (after?.requestedBytes ?? 0) - (before?.requestedBytes ?? 0);
        if (after?.claim) this.#problems.set(key, after.claim);
        else this.#problems.delete(key);
      },
    );
  }
  section(): Sections['claims'] {
    const classes = [...this.classes.values()];
    const byName = { waits: new Map(classes.map(({ name, waits }) => [name, waits])), hasDefault: classes.some(({ isDefault }) => isDefault) };
    const rows = new NotableRows<ClaimRow>(MOST_ROWS);
    for (const claim of this.#problems.values()) {
      const problem = problemOf(claim);
      if (problem) rows.add(toClaimRow(claim, problem, byName), problem.problem !== 'resize-pending');
    }
    return { total: this.held.size, ...this.#totals, dropped: rows.dropped, rows: rows.rows };
  }
}
const CLASS_ANNOTATIONS = ['volume.beta.kubernetes.io/storage-class', 'volume.kubernetes.io/selected-node'] as const;
/** What `problemOf` and `toClaimRow` look at; annotations of a claim may be many kilobytes. */
function trimmed(claim: Json): Json {
  const { creationTimestamp, deletionTimestamp } = objectAt(claim, 'metadata');
  const annotations = Object.fromEntries(CLASS_ANNOTATIONS.flatMap((key) => (annotationOf(claim, key) === undefined ? [] : [[key, annotationOf(claim, key)]])));
  const { phase, conditions, allocatedResourceStatuses } = objectAt(claim, 'status');
  return {
    metadata: { name: nameOf(claim), namespace: namespaceOf(claim), creationTimestamp, ...(deletionTimestamp !== undefined && { deletionTimestamp }), annotations },
    spec: { storageClassName: textAt(claim, 'spec', 'storageClassName') },
    status: { phase, conditions, allocatedResourceStatuses },
  };
}
