/** A message as plain text (mail) and as the robots' Markdown. */

import type { Composed } from './compose.ts';
import { escapeMarkdown } from './escape.ts';

export function plainText({ kicker, title, opening, facts, quote, remedy, list, link, footer }: Composed): string {
  const blocks = [
    `${kicker}\n${title}`,
    opening,
    quote?.replace(/^/gm, '> '),
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    remedy && `${remedy.title}\n${remedy.text}`,
    list?.map((one) => `- ${one}`).join('\n'),
    link && `${link.label}: ${link.url}`,
    `-- \n${footer.join('\n')}`,
  ];
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}

/** How one robot writes Markdown. Arguments are escaped already. */
export interface Dialect {
  readonly heading: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly quote: (text: string) => string;
  readonly link: (label: string, url: string) => string;
  /** Between lines of one block: most robots join single line ends. */
  readonly lineEnd: string;
}

export function markdown(composed: Composed, dialect: Dialect): string {
  const { kicker, title, opening, facts, quote, remedy, list, link, footer } = composed;
  const safe = escapeMarkdown;
  const quoted = (text: string): string =>
    text
      .split('\n')
      .map((one) => dialect.quote(safe(one)))
      .join(dialect.lineEnd);
  const blocks = [
    dialect.heading(`${safe(kicker)}`),
    dialect.bold(safe(title)),
    safe(opening),
    quote === undefined ? undefined : quoted(quote),
    facts.map(({ label, value }) => `${safe(label)}${/[\u4e00-\u9fff]/.test(label) ? '：' : ': '}${safe(value)}`).join(dialect.lineEnd),
    remedy && `${dialect.bold(safe(remedy.title))}${dialect.lineEnd}${quoted(remedy.text)}`,
    list?.map((one) => dialect.quote(safe(one))).join(dialect.lineEnd),
    link && dialect.link(safe(link.label), link.url),
    footer.map(safe).join(dialect.lineEnd),
  ];
  return blocks.filter((block) => block !== undefined && block !== '').join('\n\n');
}
