/** The files a site writes for us, read and checked; every fault is one line with file and place. */
import type { Suppression } from '../agent/checks/suppressions.ts';
import { SITE_DEFAULTS, type SiteConfig } from '../agent/site-config.ts';
import type { Locale } from '../agent/wire/vocabulary.ts';
import { readGivenText } from './given-file.ts';
import { UsageError } from './terminal/arguments.ts';
import { faultMessage } from './terminal/messages.ts';

/** What the parsers take. */
const MOST_BYTES = 1024 * 1024;

/** The defaults without a file. @throws UsageError */
export async function readSiteConfig(file: string | undefined, locale: Locale, signal?: AbortSignal): Promise<SiteConfig> {
  if (file === undefined) return SITE_DEFAULTS;
  const text = await readGivenText(file, { mostBytes: MOST_BYTES, signal });
  return await withFaults(file, locale, ({ parseSiteConfig }) => parseSiteConfig(text));
}

/** None without a file. @throws UsageError */
export async function readSuppressions(file: string | undefined, locale: Locale, signal?: AbortSignal): Promise<readonly Suppression[]> {
  if (file === undefined) return [];
  const text = await readGivenText(file, { mostBytes: MOST_BYTES, signal });
  return await withFaults(file, locale, ({ parseSuppressions }) => parseSuppressions(text));
}

/** The parsers are loaded when there is something to parse: most inspections have neither file. */
async function withFaults<T>(file: string, locale: Locale, parse: (parsers: typeof import('../agent/config.ts')) => T): Promise<T> {
  const parsers = await import('../agent/config.ts');
  try {
    return parse(parsers);
  } catch (error) {
    if (!(error instanceof parsers.ConfigError)) throw error;
    throw new UsageError(error.faults.map((fault) => faultMessage(file, fault, locale)).join('\n'));
  }
}
