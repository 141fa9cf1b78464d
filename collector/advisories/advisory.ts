/** A published defect with the first versions that have its fix: what both formats are read to. */
import type { AdvisoryMatch } from '../../reports/facts/middleware.ts';

export interface Fix {
  /** Distribution tag of the release (`oe2203sp4`): the same service pack on both sides of a comparison. */
  readonly product: string;
  readonly package: string;
  /** `epoch:version-release`. */
  readonly version: string;
}
export interface Advisory {
  readonly id: string;
  readonly kind: AdvisoryMatch['kind'];
  readonly severity: AdvisoryMatch['severity'];
  /** Milliseconds. */
  readonly publishedAt: number;
  readonly cves: readonly string[];
  /** Highest CVSS v3 base score. */
  readonly score?: number | undefined;
  /** Name of the format that it was read from. */
  readonly source: string;
  readonly fixes: readonly Fix[];
}

/** The file is not what it says, or holds more than is taken. The message quotes nothing of it. */
export class AdvisoryError extends Error {
  override readonly name = 'AdvisoryError';
}

/** `openEuler-SA-2026-1234`, `openEuler-HotPatchSA-…`, `openEuler-BA-…`, and those of openEuler's descendants. */
export const ADVISORY_ID = /^[A-Za-z][\w.-]{3,79}$/;
export const PACKAGE_NAME = /^[A-Za-z0-9][\w.+-]{0,127}$/;
export const CVE = /^CVE-\d{4}-\d{4,12}$/;
/** Of one advisory. */
export const MOST_FIXES = 5_000;
export const MOST_CVES = 500;

/** The tag that a distribution puts at the end of releases: `200.0.0.113.oe2203sp3` → `oe2203sp3`. */
export function productOf(release: string): string | undefined {
  return /\.((?:oe|ky|uos|uel|an|al|el|fc|bclinux|ctl|hce|kos|fos)\w{0,20})$/.exec(release)?.[1]?.toLowerCase();
}

export function severityOf(word: string | undefined): AdvisoryMatch['severity'] {
  switch (word?.trim().toLowerCase()) {
    case 'critical':
      return 'critical';
    case 'high':
    case 'important':
      return 'important';
    case 'low':
    case 'none':
      return 'low';
    default:
      return 'moderate';
  }
}
export function kindOf(id: string, type: string | undefined): AdvisoryMatch['kind'] {
  if (/hotpatch/i.test(id)) return 'hotpatch';
  return type === undefined || type === 'security' ? 'security' : 'bugfix';
}

/** Every fix once. Source and binary packages of several architectures have one version. */
export function distinctFixes(fixes: Iterable<Fix>): readonly Fix[] {
  const known = new Map<string, Fix>();
  for (const fix of fixes) {
    known.set(`${fix.product}|${fix.package}|${fix.version}`, fix);
    if (known.size >= MOST_FIXES) break;
  }
  return [...known.values()];
}
