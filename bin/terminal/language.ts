import { LOCALES, type Locale } from '../../agent/wire/vocabulary.ts';

/** `--lang`, else the environment's language, else Chinese. */
export function chooseLocale(flag: string | undefined, environment: Readonly<Record<string, string | undefined>>): Locale {
  const asked = LOCALES.find((locale) => locale === flag);
  if (asked) return asked;
  const language = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  if (/^en/i.test(language)) return 'en';
  return 'zh';
}
