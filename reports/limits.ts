/** What should hold, from the limit at which a check finds a problem: `< 80 %`, `≥ 65,535`, `0`. A bare number says neither which side is meant nor of what. */
import type { Observed } from '../agent/wire/inspection.ts';
import type { Locale, Unit } from '../agent/wire/vocabulary.ts';
import { formatObserved, NO_VALUE, say } from './format.ts';

/** Checks that find what is too little, by the last word of their ids; all others find what is too much. */
const TOO_LITTLE =
  /-(?:low|missing|few|small|short|expiring|ending|eol|eol-soon|ended|expired|unready|unread|colocated|restart-recent|rebooted-recently|insufficient|unsynced|unhealthy|single|single-replica|down|offline|miss|spare-threads-low|cluster-state|tolerance-none|replicas-unset|aslr-off|blocks-drain)$/;
/** Named like those, but they count what should not be there at all. */
const COUNTED =
  /-(?:rights-missing|drive-offline|node-offline|log-dir-offline|primary-key-missing|password-missing|replica-link-down|log-rotation-missing|logrotate-missing|erasure-set-unhealthy|member-unhealthy|mongodb-primary-missing|nacos-leader-missing|rocketmq-master-missing|sentinel-primary-down|topic-single-replica|upstream-unhealthy)$|^disk-inodes-low$/;
/** Checks that want one value, or a range: more and less of it are both wrong. */
const ONE_VALUE = /-(?:count|odd|unequal|relaxed|even|out-of-range|members-few|voters-few|gc-off|overcommit-off|hpa-mismatch)$/;
/** Of these the limit itself may be: one kind of kernel, one default class. */
const AT_MOST =
  /^(?:control-plane-version-mixed|node-(?:architecture|kernel|os|runtime)-mixed|network-ingress-default-classes-several|storage-class-defaults-several|service-time-services-conflicting|link-resolver-nameservers-many)$/;
/** Measured either way of zero. */
const OFFSET = /-(?:offset-high|clock-off|clock-skew)$/;
/** The oldest version that would do. */
const OLD_VERSION = /-(?:end-of-life|too-old|version-low|kubelet-behind|outdated)$/;
/** The newest that may be. */
const NEW_VERSION = /-kubelet-ahead$/;
/** Of what ends on a day, the limit itself is too late. */
const ENDS = /-(?:expiring|ending|eol|eol-soon)$/;

export interface Limit {
  readonly check: string;
  readonly threshold?: Observed | undefined;
  /** What was found; then the side is known for sure. */
  readonly observed?: Observed | undefined;
  readonly unit: Unit;
}
/** Which side of its limit a check calls a problem; `undefined`: both. */
export function problemSide({ check, threshold, observed }: Omit<Limit, 'unit'>): 'below' | 'above' | undefined {
  const isAt = typeof observed === 'number' && observed === threshold;
  if (ONE_VALUE.test(check)) return isAt ? 'below' : undefined; // the one that cannot hold is also too few
  if (typeof observed === 'number' && typeof threshold === 'number' && !isAt) {
    // Of an offset, which lies either way, its size counts.
    const size = OFFSET.test(check) ? Math.abs(observed) : observed;
    return size < threshold ? 'below' : 'above';
  }
  return TOO_LITTLE.test(check) && !COUNTED.test(check) ? 'below' : 'above';
}

/** The limit in words; no value where the title says it all. */
export function limitWords(limit: Limit, locale: Locale, zoneMinutes: number): string {
  const { threshold, unit, check } = limit;
  const words = formatObserved(threshold, unit, locale, zoneMinutes);
  if (typeof threshold === 'string' && /\d/.test(threshold)) {
    if (OLD_VERSION.test(check)) return `≥ ${words}`;
    if (NEW_VERSION.test(check)) return `≤ ${words}`;
  }
  if (typeof threshold !== 'number' || unit === 'unix-seconds' || words === NO_VALUE) return words;
  const side = problemSide(limit);
  if (side === undefined) return words;
  // A score of the CVSS has no unit, and nobody guesses it.
  const whole = check.endsWith('known-vulnerability') ? `CVSS ${side === 'above' ? '<' : '≥'} ${words}` : undefined;
  if (whole !== undefined) return whole;
  if (side === 'below') return leastWords(limit, threshold, words, locale, zoneMinutes);
  if (AT_MOST.test(check)) return `≤ ${words}`;
  if (threshold === 0 || (unit === 'count' && threshold === 1)) return '0';
  return `< ${words}`;
}
/** At least so much; where the limit itself was found wrong, more than that. */
function leastWords({ check, observed, unit }: Limit, threshold: number, words: string, locale: Locale, zoneMinutes: number): string {
  if (unit === 'days' && threshold === 0) return say(locale, '未到期', 'not past');
  if (observed !== threshold) return ENDS.test(check) ? `> ${words}` : `≥ ${words}`;
  const isWhole = (unit === 'count' || unit === 'value') && Number.isInteger(threshold);
  return isWhole ? `≥ ${formatObserved(threshold + 1, unit, locale, zoneMinutes)}` : `> ${words}`;
}
