/** Things by their names. */
import type { Scope } from '../../../agent/wire/inspection.ts';
import type { Locale, ScopeKind } from '../../../agent/wire/vocabulary.ts';
import { printableText } from '../../../reports/printable.ts';
import { scopeKindWord } from '../../../reports/words.ts';

export function scopeWords({ kind, node, namespace, name }: Scope, locale: Locale): string {
  return `${scopeKindWord(kind as ScopeKind, locale)} ${[namespace, node, name]
    .filter((one) => one !== undefined)
    .map((one) => printableText(one))
    .join('/')}`;
}
