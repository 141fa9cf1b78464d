/** Pieces of markup that pages of the console share. The template that escapes is the reports' own. */
import { html, type Markup } from '../../reports/renderers/markup.ts';

export const NOTHING = html``;

/** Commands in our own texts stand between back-ticks. */
export function withCommands(text: string): readonly Markup[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** An address of ours with its query; what is left out or empty does not stand in it. */
export function link(path: string, query: Readonly<Record<string, string | number | boolean | undefined>> = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined || value === '' || value === false ? [] : [[name, String(value)]]));
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? path : `${path}?${text}`;
}
