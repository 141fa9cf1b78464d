/** Steps that the checks of certificates share. */
import type { Scope } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import type { CheckContext, Violation } from './check.ts';
import { below } from './levels.ts';

export type CertificateRow = Sections['certificates']['certificates'][number];

const DAY_SECONDS = 86_400;

/** Days until a certificate ends, with fraction; negative when it has ended. */
export function daysLeft({ notAfter }: CertificateRow, now: number): number {
  return (notAfter - now) / DAY_SECONDS;
}

export function certificateScope({ name }: CertificateRow, { host }: CheckContext): Scope {
  return { kind: 'Certificate', node: host, name };
}

/** Certificates that still hold, but end within the limits; `observed` is whole days. */
export function endingSoon(rows: readonly CertificateRow[], limits: { readonly warning?: number; readonly critical?: number }, context: CheckContext): readonly Violation[] {
  return rows.flatMap((row) => {
    const days = daysLeft(row, context.now);
    if (days <= 0) return [];
    return below(days, limits).map((violation) => ({ ...violation, observed: Math.floor(days), scope: certificateScope(row, context) }));
  });
}

/** One finding for each certificate that a condition holds for. */
export function flagged(
  rows: readonly CertificateRow[],
  isBad: (row: CertificateRow) => boolean,
  context: CheckContext,
  observed?: (row: CertificateRow) => Violation['observed'],
): readonly Violation[] {
  return rows.filter(isBad).map((row) => ({ scope: certificateScope(row, context), observed: observed?.(row) }));
}
