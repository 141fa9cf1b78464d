/** `xunjian resolve PSEUDONYM…`: the names behind pseudonyms, from this site's reverse table. */
import { resolvePseudonym } from '../../agent/site/site.ts';
import { PSEUDONYM } from '../../agent/wire/pseudonym.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { stateDirectory } from '../state-directory.ts';
import { UsageError } from '../terminal/arguments.ts';

export async function resolveCommand(args: readonly string[], { print, complain, environment, locale }: CommandContext): Promise<ExitCode> {
  const words = args.filter((word, index) => !word.startsWith('--') && args[index - 1] !== '--state-dir' && args[index - 1] !== '--lang');
  const flag = args.indexOf('--state-dir');
  const strange = words.find((word) => !PSEUDONYM.test(word));
  if (words.length === 0 || strange !== undefined) throw new UsageError(`xunjian resolve PSEUDONYM… (node~abcd…)${strange === undefined ? '' : `: ${strange.slice(0, 60)}`}`);
  const stateDir = stateDirectory(flag >= 0 ? args[flag + 1] : undefined, environment);
  let missing = 0;
  for (const pseudonym of words) {
    const name = await resolvePseudonym(stateDir, pseudonym);
    if (name === undefined) {
      missing += 1;
      complain(`${pseudonym}: ${locale === 'zh' ? '本站点的对照表中没有' : "not in this site's table"}`);
    } else print(`${pseudonym} = ${JSON.stringify(name)}`);
  }
  return missing === 0 ? ExitCode.healthy : ExitCode.findings;
}
