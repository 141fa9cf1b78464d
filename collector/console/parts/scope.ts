/** Things by their names, as reports call them. */
import type { Scope } from '../../../agent/wire/inspection.ts';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { printableText } from '../../../reports/printable.ts';
import { placeWords } from '../../../reports/words.ts';

export function scopeWords(scope: Scope, locale: Locale): string {
  return printableText(placeWords(scope, locale));
}
