/** Incidents are found by what readers see: titles of checks are not in the database, so words become the rules that are called so. */
import type { Visibility } from './access/visibility.ts';
import { type CheckTexts, titleOf } from './incident-news.ts';
import type { Db } from './store/database.ts';
import { rulesOfIncidents } from './store/incident-list.ts';
import { wordsOf } from './store/search-words.ts';

/** Of each word of a search, the rules whose title holds it in either language. */
export async function titledRules(db: Db, checkTexts: CheckTexts, visibility: Visibility, search: string | undefined): Promise<ReadonlyMap<string, readonly string[]>> {
  const words = wordsOf(search);
  if (words.length === 0) return new Map();
  const titles = (await rulesOfIncidents(db, visibility)).map((rule) => {
    const { zh, en } = titleOf(checkTexts, { rule });
    return [rule, `${zh}\n${en}`.toLowerCase()] as const;
  });
  return new Map(words.map((word) => [word, titles.filter(([, title]) => title.includes(word)).map(([rule]) => rule)]));
}
