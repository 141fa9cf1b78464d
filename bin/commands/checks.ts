/** `xunjian checks`: the catalogue, as a table, JSON or Markdown. */
import { catalogueJson, catalogueMarkdown, catalogueTable } from '../../agent/checks/catalogue.ts';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions } from '../terminal/arguments.ts';

const OPTIONS = { json: { type: 'boolean' }, markdown: { type: 'boolean' }, lang: { type: 'string' } } as const;

export async function checksCommand(args: readonly string[], { print, locale }: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  if (values.json) print(JSON.stringify(catalogueJson(), undefined, 2));
  else if (values.markdown) print(catalogueMarkdown(LOCALES));
  else for (const line of catalogueTable(locale)) print(line);
  return ExitCode.healthy;
}
