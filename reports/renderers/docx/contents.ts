/** Page numbers of the contents, and what the library writes that has to be put right. */
import type { PageNumberEstimator } from 'docx';
import type { Block } from '../../blocks.ts';
import type { ReportDocument } from '../../document.ts';

/** Lines of a report whose contents get page numbers at once; laying out more would take longer than everything else. */
const MOST_LINES_TO_LAY_OUT = 700;
/**
 * Page numbers of the contents, worked out as Word would. A larger report has its contents with links and without numbers
 * until somebody updates the field (F9); either way Word has nothing to ask when it opens the file.
 */
export async function pageNumbersOf({ chapters }: ReportDocument): Promise<PageNumberEstimator> {
  const lines = chapters.flatMap(({ blocks }) => blocks).reduce((sum, block) => sum + linesOf(block), 0);
  if (lines > MOST_LINES_TO_LAY_OUT) return () => ({ bookmarks: new Map() });
  return (await import('docx/layout')).estimatePageNumbersWith({ guess: true });
}
function linesOf(block: Block): number {
  if (block.type === 'table') return block.rows.length;
  if (block.type === 'finding') return block.objects.length + 3;
  return block.type === 'list' ? block.items.length : 1;
}

/** The library counts its ids over the life of the process; equal reports are equal files. */
export function renumbered(xml: string): string {
  const marks = new Map<string, number>();
  const numberOf = (kind: string, id: string): number => {
    const key = `${kind} ${id}`;
    const known = marks.get(key) ?? marks.size + 1;
    marks.set(key, known);
    return known;
  };
  return xml
    .replace(/_Toc(\d+)(?=["\s])/g, (_mark, id: string) => `_Toc${numberOf('contents', id)}`)
    .replace(/(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")([^"]+)/g, (_mark, before: string, id: string) => before + numberOf('bookmark', id))
    .replace(/(<(?:wp:docPr|pic:cNvPr)\b[^>]*?\bid=")([^"]+)/g, (_mark, before: string, id: string) => before + numberOf('picture', id));
}

/** Names of machines and commands are no mistakes of spelling: a report that is opened is not full of red lines. */
export function withoutProofing(settings: string): string {
  return settings.replace('<w:defaultTabStop', '<w:hideSpellingErrors/><w:hideGrammaticalErrors/><w:defaultTabStop');
}
