/**
 * Days that are left, as people count them and as a report's tables do: from the day of the report to the day of the end, by the calendar of
 * its zone. An agent knows no zone; its checks count whole days of 24 hours, which differ from that by one for a part of every day. Pure.
 */
import type { Finding } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';

const DAY = 86_400;

/** Checks of tables of releases: what they count to is the end of a day, UTC. */
const TO_END_OF_DAY: ReadonlySet<string> = new Set([
  'control-plane-version-ending',
  'control-plane-dce-support-ending',
  'node-os-ended',
  'os-release-eol-soon',
  'os-release-eol',
  'os-release-extended-only',
  'middleware-version-eol',
]);
/** Those that tell the days since. */
const OVERDUE: ReadonlySet<string> = new Set(['os-release-eol', 'os-release-extended-only']);

type Scoped = Pick<Finding, 'scope'>;
type MomentOf = (sections: SomeSections, finding: Scoped) => number | undefined;
const certificate: MomentOf = ({ certificates }, { scope }) => certificates?.certificates.find(({ name }) => name === scope.name)?.notAfter;
const ofInstance =
  (rowsOf: (sections: SomeSections) => readonly { readonly instance: string; readonly endsAt: number | undefined }[] | undefined): MomentOf =>
  (sections, { scope }) =>
    rowsOf(sections)?.find(({ instance }) => instance === scope.name)?.endsAt;
const licensed = (rows: readonly { readonly instance: string; readonly licenseEndsAt?: number | undefined }[] | undefined) =>
  rows?.map(({ instance, licenseEndsAt }) => ({ instance, endsAt: licenseEndsAt }));
/** Checks of what ends at a moment, and where that moment stands. */
const MOMENTS: Readonly<Record<string, MomentOf>> = {
  'certificate-expiring': certificate,
  'certificate-expired': certificate,
  'certificate-ca-expiring': certificate,
  'certificate-kubelet-expiring': certificate,
  'addon-certificate-expiring': ({ certManager }, { scope }) => certManager?.rows.find(({ name, namespace }) => name === scope.name && namespace === scope.namespace)?.notAfter,
  'control-plane-webhook-ca-expiring': ({ webhooks }, { scope }) => webhooks?.rows.find(({ name, kind }) => name === scope.name && kind === scope.kind)?.caExpiresAt,
  'nginx-certificate-expiring': ofInstance(({ middlewareNginx }) =>
    middlewareNginx?.rows.map(({ instance, certificateExpiresAt }) => ({ instance, endsAt: certificateExpiresAt })),
  ),
  'tongweb-license-expiring': ofInstance(({ middlewareTongweb }) => licensed(middlewareTongweb?.rows)),
  'tongrds-license-expiring': ofInstance(({ middlewareTongrds }) => licensed(middlewareTongrds?.rows)),
  'ths-license-expiring': ofInstance(({ middlewareThs }) => licensed(middlewareThs?.rows)),
};

export interface Counting {
  /** Of the inspection; Unix seconds, as are the others. */
  readonly takenAt: number;
  /** Of the report. */
  readonly asOf: number;
  readonly zoneMinutes: number;
}
/** The findings with such days recounted. */
export function inCalendarDays(findings: readonly Finding[], sections: SomeSections, counting: Counting): readonly Finding[] {
  return findings.map((finding) => {
    if (finding.unit !== 'days' || typeof finding.observed !== 'number') return finding;
    const day = lastDay(finding, finding.observed, sections, counting);
    if (day === undefined) return finding;
    const left = day - dayOf(counting.asOf, counting.zoneMinutes);
    const counted = OVERDUE.has(finding.check) ? -left : left;
    return isSameSide(finding, finding.observed, counted) ? { ...finding, observed: counted } : finding;
  });
}
function dayOf(at: number, zoneMinutes: number): number {
  return Math.floor((at + zoneMinutes * 60) / DAY);
}
/** Number of the day on which it ends. Of the ends of days one alone lies within the day that was counted to. */
function lastDay({ check, scope }: Finding, observed: number, sections: SomeSections, { takenAt, zoneMinutes }: Counting): number | undefined {
  if (TO_END_OF_DAY.has(check)) return Math.floor((takenAt + (OVERDUE.has(check) ? -observed : observed) * DAY) / DAY);
  const at = Object.hasOwn(MOMENTS, check) ? MOMENTS[check]?.(sections, { scope }) : undefined;
  return at === undefined ? undefined : dayOf(at, zoneMinutes);
}
/** The check has decided: nobody is told of 31 days beside a limit of 30, or of something over that is not. */
function isSameSide({ check, threshold }: Finding, observed: number, counted: number): boolean {
  if (observed < 0 !== counted < 0) return false;
  if (typeof threshold !== 'number') return true;
  return OVERDUE.has(check) ? observed > threshold === counted > threshold : observed <= threshold === counted <= threshold;
}
