/** Accepted risks: findings that somebody answers for until a day. */
import type { AcceptedRisk, ExpiredSuppression, Finding } from '../wire/inspection.ts';
import { matchesGlob, matchesScope, type ScopePattern } from './settings.ts';

export interface Suppression {
  /** Check id, or a glob over ids. */
  readonly check: string;
  readonly scope?: ScopePattern | undefined;
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`, last day of validity (UTC). */
  readonly expires: string;
}
export interface Sorted {
  readonly open: readonly Finding[];
  readonly accepted: readonly AcceptedRisk[];
  readonly expired: readonly ExpiredSuppression[];
}

/** Takes accepted findings out of the open ones. An expired suppression accepts nothing and is reported. @param now Unix seconds */
export function applySuppressions(findings: readonly Finding[], suppressions: readonly Suppression[], now: number): Sorted {
  const valid = suppressions.filter(({ expires }) => endOf(expires) > now);
  const open: Finding[] = [];
  const accepted: AcceptedRisk[] = [];
  for (const finding of findings) {
    const match = valid.find(({ check, scope }) => matchesGlob(check, finding.check) && matchesScope(scope ?? {}, finding.scope));
    if (match) accepted.push({ finding, owner: match.owner, reason: match.reason, expires: match.expires });
    else open.push(finding);
  }
  const expired = suppressions.filter((one) => !valid.includes(one)).map(({ check, owner, expires }) => ({ check, owner, expires }));
  return { open, accepted, expired };
}

function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1_000 + 86_400;
}
