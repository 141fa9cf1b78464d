/** Numbers, sizes, durations and times as reports print them, in both languages. */
import type { Observed } from '../agent/wire/inspection.ts';
import type { Locale, Unit } from '../agent/wire/vocabulary.ts';
import { observedWord } from './observed-words.ts';

/** Stands where a value is not known. */
export const NO_VALUE = '—';

/** Both languages side by side, so that none is forgotten. */
export function say(locale: Locale, zh: string, en: string): string {
  return locale === 'zh' ? zh : en;
}

/** A space between Chinese and Latin letters or digits, in sentences put together from our own words. */
export function spaced(zh: string): string {
  return zh.replace(/(?<=\p{Script=Han})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=\p{Script=Han})/gu, ' ');
}

/** Whole numbers in full, others with three significant digits; thousands separated, a real minus sign. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  if (size >= 1e15) return `${value < 0 ? '−' : ''}${size.toExponential(2)}`;
  const decimals = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.095 ? 2 : 3;
  const [whole = '0', fraction = ''] = size.toFixed(decimals).split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(`${whole}.${fraction}`) !== 0 ? '−' : '';
  return `${sign}${grouped}${trimmed && `.${trimmed}`}`;
}

const BYTE_STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
/** Binary multiples: `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_VALUE;
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 1024 && step < BYTE_STEPS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${formatNumber(Number(value.toPrecision(Math.abs(value) >= 1000 ? 4 : 3)))} ${BYTE_STEPS[step] ?? ''}`;
}
/** GiB without the unit, for columns whose head names it. */
export function formatGib(bytes: number | undefined): string {
  return bytes === undefined ? NO_VALUE : formatNumber(Number((bytes / 1024 ** 3).toPrecision(3)));
}

const DURATION_STEPS = [
  { seconds: 86_400, zh: '天', en: 'd' },
  { seconds: 3_600, zh: '小时', en: 'h' },
  { seconds: 60, zh: '分', en: 'min' },
  { seconds: 1, zh: '秒', en: 's' },
] as const;
/** The two largest units: `3 天 4 小时`, `3 d 4 h`. */
export function formatDuration(seconds: number, locale: Locale): string {
  if (!Number.isFinite(seconds)) return NO_VALUE;
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '−' : '';
  if (size < 1 && size > 0) return `${sign}${formatNumber(Math.round(size * 1000))} ${say(locale, '毫秒', 'ms')}`;
  if (size < 59.95) return `${sign}${formatNumber(Number(size.toPrecision(3)))} ${say(locale, '秒', 's')}`;
  let rest = Math.round(size);
  const first = DURATION_STEPS.findIndex((step) => rest >= step.seconds);
  const parts: string[] = [];
  for (const step of DURATION_STEPS.slice(first, first + 2)) {
    const whole = Math.floor(rest / step.seconds);
    rest -= whole * step.seconds;
    if (whole > 0) parts.push(`${formatNumber(whole)} ${step[locale]}`);
  }
  return sign + parts.join(' ');
}

/** `20 小时`, `850 小时 30 分`: days of a contract's service time are not days of 24 hours, so there are none here. */
export function formatServiceTime(seconds: number, locale: Locale): string {
  if (!Number.isFinite(seconds) || Math.abs(seconds) < 86_400) return formatDuration(seconds, locale);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return `${formatNumber(hours)} ${say(locale, '小时', 'h')}${minutes > 0 ? ` ${minutes} ${say(locale, '分', 'min')}` : ''}`;
}

/** `UTC+8`, `UTC+5:30`. */
export function formatZone(zoneMinutes: number): string {
  const size = Math.abs(zoneMinutes);
  const minutes = size % 60;
  const hours = Math.floor(size / 60);
  return `UTC${zoneMinutes < 0 ? '−' : '+'}${hours}${minutes > 0 ? `:${String(minutes).padStart(2, '0')}` : ''}`;
}
/** First and last day of a period whose end is exclusive: half a year until 2027-01-01 00:00 ends on 2026-12-31. */
export function formatDays(from: number, to: number, zoneMinutes: number): readonly [string, string] {
  return [formatDate(from, zoneMinutes), formatDate(Math.max(from, to - 1), zoneMinutes)];
}
/** `2026-11-22 14:05` in the given zone. */
export function formatTime(unixSeconds: number, zoneMinutes: number): string {
  const shifted = new Date((unixSeconds + zoneMinutes * 60) * 1000);
  return Number.isNaN(shifted.getTime()) ? NO_VALUE : shifted.toISOString().slice(0, 16).replace('T', ' ');
}
/** `2026-11-22` in the given zone. */
export function formatDate(unixSeconds: number, zoneMinutes: number): string {
  return formatTime(unixSeconds, zoneMinutes).split(' ')[0] ?? NO_VALUE;
}

/** A measured value or limit with its unit. Words are the reader's, versions and proper names stand as they are. */
export function formatObserved(observed: Observed | undefined, unit: Unit, locale: Locale, zoneMinutes: number): string {
  if (observed === undefined) return NO_VALUE;
  if (typeof observed === 'boolean') return observed ? say(locale, '是', 'yes') : say(locale, '否', 'no');
  if (typeof observed === 'string') return observed === '' ? NO_VALUE : observedWord(observed, locale);
  if (!Number.isFinite(observed)) return NO_VALUE;
  if (unit === 'days' && observed < 0) return pastDays(-observed, locale);
  return formatQuantity(observed, unit, locale, zoneMinutes);
}
/** Days until something, when it lies behind: nobody reads `−850 days` for a date that has passed. */
function pastDays(days: number, locale: Locale): string {
  return say(locale, `已过 ${formatNumber(days)} 天`, days === 1 ? '1 day ago' : `${formatNumber(days)} days ago`);
}

/** A number in its unit. */
export function formatQuantity(value: number, unit: Unit, locale: Locale, zoneMinutes: number): string {
  const number = formatNumber(value);
  switch (unit) {
    case 'count':
    case 'value':
    case 'ratio':
      return number;
    case 'percent':
      return `${number} %`;
    case 'bytes':
      return formatBytes(value);
    case 'bytes-per-second':
      return `${formatBytes(value)}/s`;
    case 'seconds':
      return formatDuration(value, locale);
    case 'milliseconds':
      return Math.abs(value) < 10_000 ? `${number} ${say(locale, '毫秒', 'ms')}` : formatDuration(value / 1000, locale);
    case 'minutes':
      return formatDuration(value * 60, locale);
    case 'days':
      return `${number} ${say(locale, '天', value === 1 ? 'day' : 'days')}`;
    case 'per-second':
      return `${number} ${say(locale, '次/秒', '/s')}`;
    case 'per-minute':
      return `${number} ${say(locale, '次/分', '/min')}`;
    case 'millicores':
      return `${formatNumber(value / 1000)} ${say(locale, '核', value === 1000 ? 'core' : 'cores')}`;
    case 'mbps':
      return `${number} Mbit/s`;
    case 'celsius':
      return `${number} °C`;
    case 'bits':
      return `${number} ${say(locale, '位', 'bit')}`;
    case 'unix-seconds':
      return formatTime(value, zoneMinutes);
    default:
      return unit satisfies never;
  }
}

/** A figure stays with its unit: `34.3 %`, `4 GiB`. */
export function withUnits(text: string): string {
  return text.replace(/(?<=\d) (?=%|[KMGTP]?i?B\b)/g, '\u00a0');
}

/** `3 objects`, `1 object`: English needs it, Chinese does not. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
/** `2,000`, or `at least 2,000` where lists were longer than what was kept of them. */
export function countWords(count: number, atLeast: boolean, locale: Locale): string {
  return atLeast ? say(locale, `至少 ${formatNumber(count)}`, `at least ${formatNumber(count)}`) : formatNumber(count);
}
/** The first letter large: what stands within a sentence elsewhere stands alone here. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
