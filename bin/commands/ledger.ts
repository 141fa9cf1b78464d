/** `xunjian ledger show|verify`: everything that an agent has sent, and whether the record is whole. Changes nothing. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BUNDLE_LEDGER } from '../../agent/bundle/bundle-ledger.ts';
import { type LedgerFault, type LedgerLine, type LedgerReading, readLedger } from '../../agent/delivery/ledger.ts';
import { summaryOf } from '../../agent/delivery/ledger-summary.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionName } from '../../agent/wire/section-values.ts';
import type { Group, Text } from '../../agent/wire/vocabulary.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';

const OPTIONS = { 'state-dir': { type: 'string' }, json: { type: 'boolean' }, since: { type: 'string' }, bundles: { type: 'boolean' }, lang: { type: 'string' } } as const;
const TEXTS = {
  none: { zh: '没有外发记录（agent 从未发送，或 --state-dir 不是它的目录）', en: 'no ledger (the agent never sent anything, or --state-dir is not its directory)' },
  whole: { zh: '完好', en: 'whole' },
  lines: { zh: '行', en: 'lines' },
  payloads: { zh: '份数据', en: 'payloads' },
  unanswered: { zh: '没有回执', en: 'without a receipt' },
  removed: { zh: '因年限已移除的行', en: 'lines removed for their age' },
  root: { zh: '末行摘要', en: 'digest of the last line' },
} as const satisfies Readonly<Record<string, Text>>;
const FAULTS: Readonly<Record<LedgerFault['problem'], Text>> = {
  'not-a-line': { zh: '无法读取', en: 'cannot be read' },
  changed: { zh: '被修改过', en: 'was changed' },
  'missing-before': { zh: '之前有缺失或次序被改变', en: 'lines before it are missing or were moved' },
};

export async function ledgerCommand([action, ...args]: readonly string[], context: CommandContext): Promise<ExitCode> {
  if (action !== 'show' && action !== 'verify') throw new UsageError('xunjian ledger show|verify');
  const values = parseOptions(args, OPTIONS);
  const folder = join(resolve(values['state-dir'] ?? context.environment['XUNJIAN_STATE_DIR'] ?? '/var/lib/xunjian'), values.bundles ? BUNDLE_LEDGER : 'ledger');
  const isThere = await stat(folder).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
  if (!isThere) throw new UsageError(`${folder}: ${TEXTS.none[context.locale]}`);
  const reading = await readLedger(folder);
  const { lines } = reading;
  return action === 'verify' ? verify(reading, values.json === true, context) : show(lines, values, context);
}

function verify(reading: LedgerReading, json: boolean, { print, complain, locale }: CommandContext): ExitCode {
  const { lines, removed, payloads, unanswered, root, faults } = summaryOf(reading);
  if (json) print(JSON.stringify({ lines, removed, payloads, unanswered, root, faults }));
  else {
    for (const { file, line, problem } of faults) complain(`${file}:${line}  ${FAULTS[problem][locale]}`);
    const state = faults.length === 0 ? `${TEXTS.whole[locale]}  ` : '';
    print(`${state}${lines} ${TEXTS.lines[locale]}  ${payloads} ${TEXTS.payloads[locale]}  ${unanswered} ${TEXTS.unanswered[locale]}`);
    if (removed > 0) print(`${TEXTS.removed[locale]}  ${removed}`);
    print(`${TEXTS.root[locale]}  ${root}`);
  }
  return faults.length === 0 ? ExitCode.healthy : ExitCode.findings;
}

function show(lines: readonly LedgerLine[], { json, since }: { readonly json?: boolean | undefined; readonly since?: string | undefined }, { print }: CommandContext): ExitCode {
  const from = since === undefined ? '' : new Date(since).toJSON();
  if (from === null) throw new UsageError('--since 2026-11-01');
  for (const line of lines.filter(({ at }) => at >= from)) {
    const { at, what, kind, bytes, sha256, to, answer, sections } = line;
    if (json) print(JSON.stringify({ ...line, groups: groupsOf(line) }));
    else
      print([at, what === 'sending' ? '→' : '←', kind, `${bytes} B`, sha256, what === 'sending' ? to : (answer ?? ''), ...(sections ? [groupsOf(line).join(',')] : [])].join('  '));
  }
  return ExitCode.healthy;
}

/** The opt-out groups that the sections belong to; signals and heartbeats are results. */
function groupsOf({ sections }: LedgerLine): readonly Group[] {
  const of = (section: string): Group[] => (Object.hasOwn(SECTIONS, section) ? [SECTIONS[section as SectionName].group] : []);
  return [...new Set<Group>([...(sections ?? []).flatMap(of), 'result'])].sort();
}
