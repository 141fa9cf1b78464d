/** `xunjian agent --role node|cluster|host`: inspections on a schedule. Options win over variables. */
import type { AgentOptions } from '../../agent/agent-options.ts';
import type { ConnectionError } from '../../agent/kube/credential.ts';
import { errorFields } from '../../agent/runtime/error-fields.ts';
import { SiteKeyError } from '../../agent/site/site.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { startOf } from '../agent-options-process.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { connectionMessage } from '../terminal/messages.ts';

/** SIGTERM must end the process within 10 s; what has not ended by then is left. */
const STOP_WITHIN_MS = 9_000;

export async function agentCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const start = await startOf(args, context);
  if (start === undefined) return ExitCode.healthy; // stopped before it began
  const { options, logLevel } = start;
  const { agentLogger, runAgent } = await import('../../agent/main.ts');
  const logger = agentLogger(logLevel);
  context.signal.addEventListener('abort', () => setTimeout(() => process.exit(ExitCode.healthy), STOP_WITHIN_MS).unref(), { once: true });
  try {
    const proxyFor = options.role === 'cluster' ? (await import('proxy-from-env')).getProxyForUrl : (): string => '';
    await runAgent(options, proxyFor, logger, context.signal);
    return ExitCode.healthy;
  } catch (error) {
    if (context.signal.aborted && error instanceof Error && 'fault' in error && error.fault === 'interrupted') return ExitCode.healthy; // asked to stop while a plugin was asked
    logger.error(errorFields(error), 'the agent cannot run');
    context.complain(startFault(error, options, context.locale));
    return ExitCode.usage;
  }
}

/** One line that says what to change. */
function startFault(error: unknown, { listen, stateDir, keyFile }: AgentOptions, locale: Locale): string {
  if (error instanceof SiteKeyError) return `${keyFile === undefined ? '--state-dir' : '--key-file'} ${error.file}: ${error.message}`;
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'LockedError') return `--state-dir ${stateDir}: ${locale === 'zh' ? '另一个 agent 正在使用' : 'another agent uses it'}`;
  if (error.name === 'ConnectionError') return connectionMessage(error as ConnectionError, locale); // its module would load the HTTP libraries into a node agent
  const { code, syscall, path } = error as NodeJS.ErrnoException; // absent unless the system said no
  if (code === undefined) return error.name;
  if (syscall === 'listen' || syscall === 'getaddrinfo') return `--listen ${listen.host}:${listen.port}: ${code}`;
  return keyFile !== undefined && (path === keyFile || syscall === 'read') ? `--key-file ${keyFile}: ${code}` : `--state-dir ${stateDir}: ${code}`;
}
