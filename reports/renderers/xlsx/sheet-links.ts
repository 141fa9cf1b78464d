/** Links from one sheet of a workbook to others: the library only knows addresses outside of it, of which a cautious program warns. */
export interface SheetLink {
  /** `A7`. */
  readonly cell: string;
  readonly sheet: string;
}

/** A worksheet with links, at the place that ECMA-376 (CT_Worksheet) gives them. */
export function linked(worksheet: string, links: readonly SheetLink[]): string {
  if (links.length === 0) return worksheet;
  const entries = links.map(({ cell, sheet }) => `<hyperlink ref="${cell}" location="${escaped(`'${sheet.replaceAll("'", "''")}'!A1`)}"/>`);
  return worksheet.replace(/(?=<(?:printOptions|pageMargins)\b)/, `<hyperlinks>${entries.join('')}</hyperlinks>`);
}
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}
