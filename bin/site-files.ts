/** The files a site writes for us, read and checked; every fault is one line with file and place. */
import { readFile } from 'node:fs/promises';
import type { Suppression } from '../agent/checks/suppressions.ts';
import { reasonOf } from '../agent/gatherers/run.ts';
import { isMissing } from '../agent/host/host.ts';
import { SITE_DEFAULTS, type SiteConfig } from '../agent/site-config.ts';
import type { Locale } from '../agent/wire/vocabulary.ts';
import { UsageError } from './terminal/arguments.ts';
import { faultMessage, MESSAGES, REASON_TEXTS } from './terminal/messages.ts';

/** The defaults without a file. @throws UsageError */
export async function readSiteConfig(file: string | undefined, locale: Locale): Promise<SiteConfig> {
  if (file === undefined) return SITE_DEFAULTS;
  const text = await readGiven(file, locale);
  return await withFaults(file, locale, ({ parseSiteConfig }) => parseSiteConfig(text));
}

/** None without a file. @throws UsageError */
export async function readSuppressions(file: string | undefined, locale: Locale): Promise<readonly Suppression[]> {
  if (file === undefined) return [];
  const text = await readGiven(file, locale);
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

async function readGiven(file: string, locale: Locale): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}${locale === 'zh' ? '：' : ': '}${isMissing(error) ? MESSAGES.missingFile[locale] : REASON_TEXTS[reasonOf(error)][locale]}`);
  }
}
