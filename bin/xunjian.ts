#!/usr/bin/env node
/** The command line. Chooses a command, gives it the process's environment, and turns every end into an exit code. */
import './engine.ts';
import { leakOf } from '../agent/runtime/error-fields.ts';
import { VERSION } from '../agent/version.ts';
import type { CommandContext } from './context.ts';
import { ExitCode } from './exit-code.ts';
import { notOneOf, UsageError } from './terminal/arguments.ts';
import { helpText } from './terminal/help.ts';
import { chooseLocale } from './terminal/language.ts';
import { MESSAGES } from './terminal/messages.ts';

type Command = (args: readonly string[], context: CommandContext) => Promise<ExitCode>;

/** Loaded when chosen: the node agent must not pay for the reports' libraries. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  inspect: async () => (await import('./commands/inspect.ts')).inspectCommand,
  preview: async () => (await import('./commands/preview.ts')).previewCommand,
  middleware: async () => (await import('./commands/middleware.ts')).middlewareCommand,
  'baseline approve': async () => (await import('./commands/baseline.ts')).approveCommand,
  checks: async () => (await import('./commands/checks.ts')).checksCommand,
  agent: async () => (await import('./commands/agent.ts')).agentCommand,
  outbox: async () => (await import('./commands/outbox.ts')).outboxCommand,
  ledger: async () => (await import('./commands/ledger.ts')).ledgerCommand,
  approve: async () => (await import('./commands/approve.ts')).approveCommand,
  who: async () => (await import('./commands/resolve.ts')).resolveCommand,
  resolve: async () => (await import('./commands/resolve.ts')).resolveCommand,
  sla: async () => (await import('./commands/sla.ts')).slaCommand,
  policy: async () => (await import('./commands/policy.ts')).policyCommand,
  start: async () => (await import('./commands/start.ts')).startCommand,
  collector: async () => (await import('./commands/collector.ts')).collectorCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  'bundle export': async () => (await import('./commands/bundle-export.ts')).bundleExportCommand,
  'bundle verify': async () => (await import('./commands/bundle-verify.ts')).bundleVerifyCommand,
  'bundle import': async () => (await import('./commands/bundle-import.ts')).bundleImportCommand,
  'pack build': async () => (await import('./commands/pack-build.ts')).packBuildCommand,
  'pack verify': async () => (await import('./commands/pack-verify.ts')).packVerifyCommand,
  'pack apply': async () => (await import('./commands/pack-apply.ts')).packApplyCommand,
  'pack rollback': async () => (await import('./commands/pack-rollback.ts')).packRollbackCommand,
  'pack show': async () => (await import('./commands/pack-rollback.ts')).packShowCommand,
  'advisory import': async () => (await import('./commands/advisory-import.ts')).advisoryImportCommand,
  'report import': async () => (await import('./commands/report-import.ts')).reportImportCommand,
  'report verify': async () => (await import('./commands/report-verify.ts')).reportVerifyCommand,
  'collector link': async () => (await import('./commands/collector.ts')).linkCommand,
  'collector enroll': async () => (await import('./commands/collector.ts')).enrollCommand,
  'collector backup': async () => (await import('./commands/backup.ts')).backupCommand,
  'collector restore': async () => (await import('./commands/backup.ts')).restoreCommand,
};

async function main(): Promise<ExitCode> {
  const [word, args] = commandOf(process.argv.slice(2));
  const asked = args.includes('--lang') ? args[args.indexOf('--lang') + 1] : undefined;
  const languages = asked?.split(',') ?? [];
  const locale = chooseLocale(languages[0], process.env);
  const stop = new AbortController();
  // A reader that has seen enough (`| head`) closes the pipe: what it did not want is not written, and that is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  process.once('disconnect', () => stop.abort()); // a parent that is gone ends its agents
  const context: CommandContext = {
    environment: process.env,
    locale,
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    signal: stop.signal,
    print: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
  };
  try {
    // Reports may be made in both languages at once; everything else speaks one.
    const most = word === 'report' || word === 'inspect' ? 2 : 1;
    if (args.includes('--lang') && (languages.length < 1 || languages.length > most || languages.some((one) => one !== 'zh' && one !== 'en')))
      throw notOneOf('--lang', asked ?? '', most === 2 ? ['zh', 'en', 'zh,en'] : ['zh', 'en']);
    return await dispatch(word, args, context);
  } catch (error) {
    context.complain(faultLine(error, context));
    return leakOf(error) === undefined ? ExitCode.usage : ExitCode.blocked;
  }
}

/** One word, or two where they name a command together; `--lang zh` may stand before it. */
function commandOf(words: readonly string[]): readonly [string, readonly string[]] {
  const leading = words[0] === '--lang' ? words.slice(0, 2) : [];
  const [first = 'help', ...others] = words.slice(leading.length);
  const rest = [...others, ...leading];
  const both = `${first} ${rest[0] ?? ''}`;
  return Object.hasOwn(COMMANDS, both) ? [both, rest.slice(1)] : [first, rest];
}

async function dispatch(word: string, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  if (word === '--version' || word === 'version') context.print(VERSION);
  else if (['help', '--help', '-h'].includes(word) || args.includes('--help') || args.includes('-h')) context.print(helpText(context.locale));
  else {
    const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
    if (!load) throw new UsageError({ zh: `没有命令：${word.slice(0, 60)}`, en: `no such command: ${word.slice(0, 60)}` });
    return await (await load())(args, context);
  }
  return ExitCode.healthy;
}

function faultLine(error: unknown, { locale, environment }: CommandContext): string {
  if (error instanceof UsageError) return `${error.words[locale]}\n${MESSAGES.usage[locale]}`;
  if (leakOf(error) !== undefined) return `${MESSAGES.blocked[locale]}: ${leakOf(error)}${error instanceof Error && 'path' in error ? ` (${String(error.path)})` : ''}`;
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return MESSAGES.notInImage[locale];
  // The message of an unexpected error may quote what was read: only its kind is shown.
  return `${MESSAGES.internal[locale]} ${VERSION} (${error instanceof Error ? error.name : typeof error}${framesOf(error, environment['XUNJIAN_DEBUG'] !== undefined)})`;
}

/** Where an unexpected error came from, without its message; only with XUNJIAN_DEBUG. */
function framesOf(error: unknown, asked: boolean): string {
  if (!asked || !(error instanceof Error)) return '';
  return `\n${(error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')}`;
}

process.exitCode = await main();
if (process.connected) process.disconnect(); // a channel to a parent would keep us here
