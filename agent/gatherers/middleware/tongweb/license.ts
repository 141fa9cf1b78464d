/**
 * Kind and end of a licence, from whatever tells them: the server's own log, the saved output of `version.sh`, a licence file in
 * plain text. Customer, project, addresses and the licence itself are in no list and end where they are read. Of several
 * readings the earliest counts.
 */
import { type AllowedKeys, parseAllowedProperties, readAllowedProperties } from '../../../host/allowed-properties.ts';
import { keep } from '../../../host/allowed-xml.ts';
import type { Host } from '../../../host/host.ts';
import type { PatternCount } from '../../../host/log-counts.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { wholeOf } from '../jvm/container-reading.ts';

type Row = Sections['middlewareTongweb']['rows'][number];
export type License = Pick<Row, 'licenseKind' | 'licenseEndsAt' | 'licenseNever' | 'licenseReadings' | 'licenseState' | 'licenseLine' | 'licensedCpus' | 'licensedNodes'>;

const KEYS: AllowedKeys = { license_type: keep, end_date: keep, TW_Version_Number: keep, TW_CPU_COUNT: keep, TW_Max_Node: keep, TW_Edition: keep };
/** Words of the log that say something about the licence; the newest of them holds. */
const LOG_STATES: Readonly<Record<string, NonNullable<License['licenseState']>>> = {
  'license-expiring': 'ok',
  'license-never': 'ok',
  'license-expired': 'expired',
  'license-missing': 'missing',
  'license-invalid': 'invalid',
  'license-wrong-version': 'wrong-version',
};

/** One source's answer. */
export interface LicenseReading {
  readonly kind?: License['licenseKind'];
  readonly endsAt?: number | undefined;
  readonly never?: boolean | undefined;
  readonly line?: License['licenseLine'];
  readonly cpus?: number | undefined;
  readonly nodes?: number | undefined;
}

/** The licence file and the saved output of `version.sh`; a file that is not plain text tells nothing. */
export async function readLicenseFiles(host: Host, files: readonly string[]): Promise<readonly LicenseReading[]> {
  const readings: LicenseReading[] = [];
  for (const file of files) {
    const keys = await readAllowedProperties(host, file, KEYS, /\s*=\s*/).catch(() => undefined);
    if (keys && keys.size > 0) readings.push(readingOf(keys));
  }
  return readings;
}
export function parseVersionOutput(text: string): LicenseReading {
  return readingOf(parseAllowedProperties(text, KEYS, /\s*=\s*/));
}

function readingOf(keys: ReadonlyMap<string, string>): LicenseReading {
  const end = keys.get('end_date')?.trim();
  const kind = keys.get('license_type')?.trim().toLowerCase();
  return {
    kind: kind === undefined || kind === '' ? undefined : kind === 'release' ? 'release' : /^tr(ia|ai)l|test/.test(kind) ? 'trial' : 'other', // the vendor prints "trail", too
    endsAt: end === undefined ? undefined : dayOf(end),
    never: end === '-1' ? true : undefined,
    line: lineOfLicense(keys.get('TW_Version_Number'), keys.get('TW_Edition')),
    cpus: positive(keys.get('TW_CPU_COUNT')),
    nodes: positive(keys.get('TW_Max_Node')),
  };
}
function lineOfLicense(version: string | undefined, edition: string | undefined): License['licenseLine'] {
  const text = version?.trim() ?? '';
  if (text === '') return undefined;
  if (/^7\.0\.E/i.test(text) || edition?.trim() === 'Embed') return 'embedded';
  if (/^7\.0\.8/.test(text) || text.startsWith('8')) return 'tongweb-8'; // 7.0.8.a.b is the line of 8.0.a.b
  if (text.startsWith('7')) return 'tongweb-7';
  return text.startsWith('6') ? 'tongweb-6' : 'other';
}

/**
 * @param counts patterns of the log, with the date of "expires" lines as value
 * @param fileChangedAt when the licence file was changed; log lines before that speak of another licence
 */
export function licenseOf(files: readonly LicenseReading[], counts: readonly PatternCount[], fileChangedAt: number | undefined): License {
  const told = counts.filter(({ pattern, newestAt }) => LOG_STATES[pattern] !== undefined && newestAt !== undefined);
  const newest = told.toSorted((a, b) => (b.newestAt ?? 0) - (a.newestAt ?? 0))[0];
  const isOld = newest !== undefined && fileChangedAt !== undefined && (newest.newestAt ?? 0) < fileChangedAt && files.length > 0;
  const fromLog = newest === undefined || isOld ? undefined : newest;
  const ends = [...files.map(({ endsAt }) => endsAt), fromLog?.pattern === 'license-expiring' ? fromLog.value : undefined].filter((end) => end !== undefined);
  const nevers = [...files.map(({ never }) => never), fromLog?.pattern === 'license-never' ? true : undefined].filter((never) => never !== undefined);
  const first = <K extends keyof LicenseReading>(key: K): LicenseReading[K] | undefined => files.map((one) => one[key]).find((value) => value !== undefined);
  const isTest = counts.some(({ pattern, newestAt }) => pattern === 'license-five-threads' && newestAt !== undefined && newestAt >= (fileChangedAt ?? 0));
  const readings = ends.length + nevers.length;
  const state = fromLog ? LOG_STATES[fromLog.pattern] : undefined;
  return {
    licenseKind: isTest ? 'trial' : first('kind'),
    licenseEndsAt: ends.length === 0 ? undefined : Math.min(...ends),
    licenseNever: readings === 0 ? undefined : ends.length === 0,
    licenseReadings: readings,
    licenseState: state ?? (readings > 0 ? 'ok' : undefined),
    licenseLine: first('line'),
    licensedCpus: first('cpus'),
    licensedNodes: first('nodes'),
  };
}

function positive(text: string | undefined): number | undefined {
  const number = wholeOf(text);
  return number === undefined || number === 0 ? undefined : number;
}
/** The last second of a day, `2026-12-31`. */
export function dayOf(text: string): number | undefined {
  const match = /(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})/.exec(text);
  if (!match) return undefined;
  const start = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 1_000;
  return Number.isFinite(start) && start > 0 ? start + 86_399 : undefined;
}
