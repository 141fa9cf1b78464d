/** `xunjian approve`: what an agent keeps for approval may leave. Shows what that is; the approval lies in the agent's state directory. */
import { resolve } from 'node:path';
import { approveUntil, isStateDirectory } from '../../agent/delivery/approve.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';

const OPTIONS = { 'state-dir': { type: 'string' }, until: { type: 'string' }, lang: { type: 'string' } } as const;

/** Approves what was kept until now, or until `--until`: a time that has passed, so that nobody approves what nobody can have seen. */
export async function approveCommand(args: readonly string[], { environment, locale, print }: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const stateDir = resolve(values['state-dir'] ?? environment['XUNJIAN_STATE_DIR'] ?? '/var/lib/xunjian'); // the agent's defaults
  if (!(await isStateDirectory(stateDir))) throw new UsageError({ zh: `${stateDir}：不是 agent 的状态目录`, en: `${stateDir}: not an agent's state directory` });
  const now = Math.floor(Date.now() / 1_000);
  const until = values.until === undefined ? now : Math.floor(Date.parse(values.until) / 1_000);
  if (!Number.isFinite(until) || until < 0 || until > now)
    throw new UsageError({ zh: '--until：已过去的时间，例如 2026-11-01T08:00Z', en: '--until: a time that has passed, such as 2026-11-01T08:00Z' });
  const waiting = await approveUntil(stateDir, until, now);
  const at = new Date(until * 1_000).toISOString();
  print(locale === 'zh' ? `已批准 ${at} 之前保存的数据（现有 ${waiting} 份待发送）` : `approved what was kept until ${at} (${waiting} payloads wait now)`);
  return ExitCode.healthy;
}
