/** What the library writes that has to be put right. */

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

/** No sign hangs over the end of a line: programs do not agree on when one may, and lines would end elsewhere in each. */
export function withoutHanging(styles: string): string {
  return styles.replace('<w:pPrDefault><w:pPr>', '<w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/>');
}
