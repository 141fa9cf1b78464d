/** `xunjian outbox status|verify|dead-letters`: what an agent has yet to send, for whoever runs the platform. Changes nothing. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { deadLetterPayload } from '../../agent/delivery/dead-letters.ts';
import { type OutboxSurvey, surveyOutbox } from '../../agent/delivery/survey.ts';
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';

const OPTIONS = { 'state-dir': { type: 'string' }, json: { type: 'boolean' }, show: { type: 'string' }, lang: { type: 'string' } } as const;
const ACTIONS = ['status', 'verify', 'dead-letters'] as const;

const TEXTS = {
  none: { zh: '没有待发送数据（agent 未配置 --collector，或 --state-dir 不是它的目录）', en: 'no outbox (the agent has no --collector, or --state-dir is not its directory)' },
  waiting: { zh: '待发送', en: 'waiting' },
  handedOver: { zh: '待接收的巡检', en: 'inspections to take up' },
  oldest: { zh: '最早', en: 'oldest' },
  sent: { zh: '已发送', en: 'sent' },
  duplicates: { zh: '其中重复', en: 'of them duplicates' },
  last: { zh: '最近成功', en: 'last success' },
  dropped: { zh: '已放弃', en: 'given up' },
  damaged: { zh: '损坏', en: 'damaged' },
  foreign: { zh: '其他版本写入，保持原样', en: 'written by another version, left as it is' },
  whole: { zh: '完好', en: 'whole' },
  quarantined: { zh: '已隔离', en: 'put aside' },
  deadLetters: { zh: '被收集端拒绝', en: 'refused by the collector' },
  noLetter: { zh: '没有这个文件，或已损坏', en: 'no such file, or it is damaged' },
} as const satisfies Readonly<Record<string, Text>>;

export async function outboxCommand([action, ...args]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const chosen = ACTIONS.find((known) => known === action);
  if (!chosen) throw new UsageError(`xunjian outbox ${ACTIONS.join('|')}`);
  const values = parseOptions(args, OPTIONS);
  const folder = join(resolve(values['state-dir'] ?? context.environment['XUNJIAN_STATE_DIR'] ?? '/var/lib/xunjian'), 'outbox'); // the agent's defaults
  const isThere = await stat(folder).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
  if (!isThere) throw new UsageError(`${folder}: ${TEXTS.none[context.locale]}`);
  if (values.show !== undefined) return await showLetter(join(folder, 'dead-letters'), values.show, context);
  const survey = await surveyOutbox(folder, chosen === 'verify');
  if (values.json) context.print(JSON.stringify(chosen === 'dead-letters' ? survey.deadLetters : survey, undefined, 1));
  else for (const line of LINES[chosen](survey, context)) context.print(line);
  return chosen === 'verify' && survey.segments.some(({ state }) => state === 'damaged') ? ExitCode.findings : ExitCode.healthy;
}

async function showLetter(folder: string, file: string, { print, complain, locale }: CommandContext): Promise<ExitCode> {
  const payload = await deadLetterPayload(folder, file);
  if (payload === undefined) complain(`${JSON.stringify(file.slice(0, 120))}: ${TEXTS.noLetter[locale]}`);
  else print(payload);
  return payload === undefined ? ExitCode.usage : ExitCode.healthy;
}

const LINES: Readonly<Record<(typeof ACTIONS)[number], (survey: OutboxSurvey, context: CommandContext) => string[]>> = {
  status: statusLines,
  verify({ segments }, { locale }) {
    return segments.map(({ file, bytes, waiting, damaged = 0, state }) => {
      const verdict = state === 'damaged' ? `${TEXTS.damaged[locale]} ${damaged}` : TEXTS[state][locale];
      return `${file}  ${bytes} B  ${TEXTS.waiting[locale]} ${waiting}  ${verdict}`;
    });
  },
  'dead-letters': ({ deadLetters }) => deadLetters.map(({ at, kind, reason, bytes, file }) => `${isoTime(at)}  ${kind}  ${reason}  ${bytes} B  ${file}`),
};

function statusLines({ segments, counts, dropped, lastSuccessAt, handedOver, quarantined, deadLetters }: OutboxSurvey, { locale }: CommandContext): string[] {
  const total = (pick: 'waiting' | 'bytes'): number => segments.reduce((sum, one) => sum + one[pick], 0);
  const oldest = segments.flatMap(({ oldestKeptAt }) => oldestKeptAt ?? []).sort((a, b) => a - b)[0];
  const losses = Object.entries(dropped).filter(([, count]) => count > 0);
  const foreign = segments.filter(({ state }) => state === 'foreign').length;
  const notes: readonly (readonly [keyof typeof TEXTS, number])[] = [
    ['handedOver', handedOver],
    ['foreign', foreign],
    ['quarantined', quarantined.length],
    ['deadLetters', deadLetters.length],
  ];
  return [
    `${TEXTS.waiting[locale]} ${total('waiting')}  ${total('bytes')} B${oldest === undefined ? '' : `  ${TEXTS.oldest[locale]} ${isoTime(oldest)}`}`,
    `${TEXTS.sent[locale]} ${counts.sent}  ${TEXTS.duplicates[locale]} ${counts.duplicates}  ${TEXTS.last[locale]} ${lastSuccessAt === 0 ? '-' : isoTime(lastSuccessAt)}`,
    `${TEXTS.dropped[locale]} ${losses.length === 0 ? 0 : losses.map(([reason, count]) => `${reason} ${count}`).join('  ')}`,
    ...notes.filter(([, count]) => count > 0).map(([text, count]) => `${TEXTS[text][locale]} ${count}`),
  ];
}

function isoTime(at: number): string {
  return new Date(at * 1_000).toISOString();
}
