/** A finding: what, on which objects, what was measured, why it matters and what to do; never parted from its title. */
import { BorderStyle, type FileChild, Paragraph } from 'docx';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import type { FindingBlock, FindingObject } from '../../blocks.ts';
import { NO_VALUE, say } from '../../format.ts';
import { severityWords, shownOf } from '../../words.ts';
import { breakable, prose, textRun, toned } from './inline.ts';
import { ink } from './styles.ts';
import { objectsTable } from './tables.ts';

export function finding(block: FindingBlock, locale: Locale): readonly FileChild[] {
  const { severity, title, check, rank, note, why, remedy, objects, objectTotal, objectsAtLeast } = block;
  const line = { border: { left: { style: BorderStyle.SINGLE, size: 18, color: ink(severity), space: 8 } } } as const;
  const parts: FileChild[] = [
    new Paragraph({
      ...line,
      keepNext: true,
      spacing: { before: 200, after: 60 },
      children: [
        toned(`${rank === undefined ? '' : `${rank}. `}${title}  `, undefined, true),
        toned(severityWords(severity, locale), severity, true),
        textRun(`  ${check}`, { size: 15, color: ink('muted') }),
      ],
    }),
  ];
  if (note !== undefined) parts.push(new Paragraph({ ...line, style: 'Note', keepNext: true, children: [textRun(note)] }));
  if (rank === undefined && objects.length > 1) {
    parts.push(objectsTable(block, locale === 'zh' ? ['对象', '观测值', '阈值'] : ['Object', 'Observed', 'Threshold']));
    if (objectTotal > objects.length || objectsAtLeast)
      parts.push(new Paragraph({ style: 'Note', keepNext: true, children: [textRun(shownOf(objects.length, objectTotal, locale, objectsAtLeast))] }));
    else parts.push(new Paragraph({ style: 'Gap', keepNext: true }));
  } else
    for (const object of objects)
      parts.push(
        new Paragraph({
          ...line,
          keepNext: true,
          spacing: { after: 40 },
          children: [textRun(breakable(object.name), { size: 19 }), textRun(`  ${measuredWords(object, locale)}`, { size: 19, color: ink('muted') })],
        }),
      );
  if (why !== undefined)
    parts.push(
      new Paragraph({ ...line, keepNext: true, spacing: { before: 80, after: 40 }, children: [toned(say(locale, '影响：', 'Why it matters: '), undefined, true), ...prose(why)] }),
    );
  parts.push(new Paragraph({ ...line, keepLines: true, spacing: { after: 160 }, children: [toned(say(locale, '处置建议：', 'Remedy: '), undefined, true), ...prose(remedy)] }));
  return parts;
}

function measuredWords({ observed, threshold }: FindingObject, locale: Locale): string {
  const measured = [
    observed !== NO_VALUE && say(locale, `观测值 ${observed}`, `observed ${observed}`),
    threshold !== NO_VALUE && say(locale, `阈值 ${threshold}`, `threshold ${threshold}`),
  ];
  return measured.filter((part) => part !== false).join(say(locale, '，', ', '));
}
