/** `xunjian pack rollback`: back to the pack before; `xunjian pack show`: what counts, and what was applied when. */
import { join } from 'node:path';
import { readApplied, rollbackPack } from '../../agent/packs/applied.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { PACK_PLACE, packPlace } from '../pack-place.ts';
import { parseOptions } from '../terminal/arguments.ts';

interface Named {
  readonly name: string;
  readonly version: string;
}

export async function packRollbackCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, PACK_PLACE);
  const place = packPlace(values, context.environment);
  const { locale, print, complain } = context;
  const zh = locale === 'zh';
  const done = place === undefined ? await inCollector(values, context) : await rollbackPack(join(place, 'packs'), new Date().toISOString());
  if (done === undefined) {
    complain(zh ? '没有已应用的规则包' : 'no pack is applied');
    return ExitCode.usage;
  }
  const after = done.now ? named(done.now) : zh ? '程序自带规则' : "the program's own rules";
  print(`${zh ? '已回退' : 'rolled back'}  ${named(done.gone)} → ${after}`);
  return ExitCode.healthy;
}

async function inCollector(
  values: ReturnType<typeof parseOptions<typeof PACK_PLACE>>,
  context: CommandContext,
): Promise<{ readonly gone: Named; readonly now: Named | undefined } | undefined> {
  const { openedPacks } = await import('../packs-in-store.ts');
  await using opened = await openedPacks(values, context);
  try {
    return await opened.packs.rollback({ kind: 'system', name: 'xunjian pack rollback' }, Date.now());
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError' && 'code' in error && error.code === 'not-found') return undefined;
    throw error;
  }
}

export async function packShowCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, PACK_PLACE);
  const place = packPlace(values, context.environment);
  const { lines, facts } = place === undefined ? await shownInCollector(values, context) : await shownInAgent(join(place, 'packs'));
  if (values.json) context.print(JSON.stringify(facts));
  else for (const line of lines.length > 0 ? lines : [context.locale === 'zh' ? '程序自带规则' : "the program's own rules"]) context.print(line);
  return ExitCode.healthy;
}

interface Shown {
  readonly lines: readonly string[];
  readonly facts: unknown;
}
async function shownInAgent(folder: string): Promise<Shown> {
  const { applied, history } = await readApplied(folder);
  const current = applied.at(-1);
  return {
    lines: [
      ...(current ? [`${named(current)}  ${current.sha256.slice(0, 16)}  ${current.approvedBy}`] : []),
      ...history.map(({ at, what, ...pack }) => `  ${at}  ${what}  ${named(pack)}`),
    ],
    facts: { current: current ? { ...current, thresholds: undefined, lifecycles: undefined } : null, history },
  };
}
async function shownInCollector(values: ReturnType<typeof parseOptions<typeof PACK_PLACE>>, context: CommandContext): Promise<Shown> {
  const { openedPacks } = await import('../packs-in-store.ts');
  await using opened = await openedPacks(values, context);
  const packs = await opened.packs.all();
  return {
    lines: packs.map((pack) => `${named(pack)}  ${pack.state}  ${pack.sha256.slice(0, 16)}  ${pack.approvedBy}  ${new Date(pack.appliedAt).toISOString()}`),
    facts: packs.map(({ signature: _signature, ...rest }) => rest),
  };
}

function named({ name, version }: Named): string {
  return `${name} ${version}`;
}
