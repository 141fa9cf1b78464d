/** How wide letters are, in thousandths of their size: Arial's own widths, which Liberation Sans and Helvetica share. */

/** From the blank to `~`, three figures each; only the `@` is a little wider. */
const ASCII = {
  regular:
    '278278355556556889667191333333389584278333278278556556556556556556556556556556278278584584584556999667667722722667611778722278500667556833722778667778722667611722667944667667611278278278469556333556556500556556278556556222222500222833556556556556333500278556500722500500500334260334584',
  bold: '278333474556556889722238333333389584278333278278556556556556556556556556556556333333584584584611975722722722722667611778722278556722611833722778667778722667611722667944667667611333278333584556333556611556611556333611611278278556278889611611611611389556333611556778556556500389280389584',
} as const;
/** Beyond ASCII: what reports say. */
const OTHERS: Readonly<Record<string, number>> = {
  ...{ '\u00a0': 278, '\u200b': 0, '·': 278, '–': 556, '—': 1_000, '‘': 222, '’': 222, '“': 333, '”': 333, '•': 350, '…': 1_000, '×': 584, '−': 584, '÷': 549 },
  ...{ '°': 400, '±': 549, '≥': 549, '≤': 549, '→': 1_000, '←': 1_000, '■': 604, '▲': 990, '●': 604, '◆': 770, '✓': 838 },
};
const AVERAGE = 556;
export const HAN_WIDTH = 1_000;
/** Courier New, Liberation Mono. */
const CODE = 600;

function widthsOf(packed: string): Uint16Array {
  const widths = packed.match(/\d{3}/g)?.map(Number) ?? [];
  return Uint16Array.from({ length: 127 }, (_, code) => widths[code - 32] ?? 0);
}
const REGULAR = widthsOf(ASCII.regular);
const BOLD = widthsOf(ASCII.bold);

export interface Face {
  readonly bold: boolean;
  readonly code: boolean;
}
/** Thousandths of the size. */
export function widthOf(character: string, { bold, code }: Face): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 127) return code ? CODE : ((bold ? BOLD : REGULAR)[point] ?? AVERAGE);
  if (point >= 0x2e80) return HAN_WIDTH;
  return OTHERS[character] ?? (code ? CODE : AVERAGE);
}
