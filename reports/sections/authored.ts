import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { paragraph } from '../blocks.ts';
import type { AuthoredPart } from '../facts/service.ts';
import { formatDate, say } from '../format.ts';
import { markdownBlocks } from '../markdown.ts';
import type { ReportModel } from '../model.ts';

/** What people wrote for this place, with who and when: a reader must see what was measured and what was judged. */
export function authoredBlocks({ authored = [], period }: ReportModel, place: AuthoredPart['place'], locale: Locale): readonly Block[] {
  const own = authored.filter((part) => part.place === place);
  const inLocale = own.filter(({ lang }) => lang === undefined || lang === locale);
  return (inLocale.length > 0 ? inLocale : own).flatMap(({ markdown, author, at }) => {
    const day = at === undefined ? undefined : formatDate(at, period.zoneMinutes);
    const by = [author, day].filter((word) => word !== undefined).join(say(locale, '，', ', '));
    const blocks = markdownBlocks(markdown, say(locale, '附表', 'Table'));
    return by === '' ? blocks : [...blocks, paragraph(say(locale, `编写：${by}`, `Written by ${by}`), 'note')];
  });
}
