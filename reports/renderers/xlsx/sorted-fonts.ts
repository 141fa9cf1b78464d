/** Children of a font in the order that the Open XML SDK and Excel expect (ECMA-376, CT_Font). */
const FONT_ORDER = ['b', 'i', 'strike', 'condense', 'extend', 'outline', 'shadow', 'u', 'vertAlign', 'sz', 'color', 'name', 'family', 'charset', 'scheme'];

/** The styles of a workbook whose library writes them in an order of its own, which a strict reader offers to repair. */
export function sortedFonts(xml: string): string {
  return xml.replaceAll(/<font>([\s\S]*?)<\/font>/g, (_font, inner: string) => {
    const children = inner.match(/<\w+\b[^>]*\/>/g) ?? [];
    const rank = (child: string): number => FONT_ORDER.indexOf(/^<(\w+)/.exec(child)?.[1] ?? '');
    return `<font>${children.toSorted((one, other) => rank(one) - rank(other)).join('')}</font>`;
  });
}
