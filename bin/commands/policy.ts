/** `xunjian policy lint|simulate|list|show`: support policies as data, checked, tried on past incidents, and shown. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { IncidentEvent } from '../../collector/incidents/event.ts';
import type { ClockState } from '../../collector/support/clock.ts';
import { clocksOf } from '../../collector/support/clocks.ts';
import { levelFor } from '../../collector/support/level.ts';
import type { Policy } from '../../collector/support/policy.ts';
import { faultLine, readPolicy } from '../../collector/support/policy-file.ts';
import { type SupportTerms, termsOf } from '../../collector/support/terms.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { readGivenText } from '../given-file.ts';
import { readIncidentEvents } from '../incident-events.ts';
import { chosenTerms, fault, instantOf, isoTime, openPolicies, quoted } from '../support-terms.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { CLOCK_WORDS, goalWords, STATE_WORDS } from '../terminal/support-words.ts';

/** The longest policy that comes with the program has 30 KiB. */
const MOST_BYTES = 1024 * 1024;

const WORDS = { lint: lintCommand, simulate: simulateCommand, list: listCommand, show: showCommand } as const;

export async function policyCommand([word = '', ...args]: readonly string[], context: CommandContext): Promise<ExitCode> {
  if (word !== 'lint' && word !== 'simulate' && word !== 'list' && word !== 'show') throw new UsageError('xunjian policy lint|simulate|list|show');
  return await WORDS[word](args, context);
}

/** Every fault of every file with its line; without files, the policies that come with the program. */
async function lintCommand(args: readonly string[], { print, complain, locale, signal }: CommandContext): Promise<ExitCode> {
  const { positionals } = parsePositionals(args, { lang: { type: 'string' } });
  if (positionals.length === 0) {
    const { all } = openPolicies(undefined, locale);
    for (const policy of all) print(`${policy.id}@${policy.version}: ${locale === 'zh' ? '有效' : 'valid'}`);
    return ExitCode.healthy;
  }
  let isValid = true;
  for (const file of positionals) {
    const { policy, faults } = readPolicy(await readGivenText(file, { mostBytes: MOST_BYTES, signal }));
    for (const one of faults) complain(faultLine(file, one, locale));
    if (policy) print(`${file}: ${policy.id}@${policy.version}: ${locale === 'zh' ? '有效' : 'valid'}`);
    isValid &&= policy !== undefined;
  }
  return isValid ? ExitCode.healthy : ExitCode.usage;
}

const SIMULATE = {
  policy: { type: 'string' },
  tier: { type: 'string' },
  events: { type: 'string' },
  zone: { type: 'string' },
  now: { type: 'string' },
  policies: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const;

/** What past incidents would have looked like under a policy. Incidents of another policy get the level that this one gives them. */
async function simulateCommand(args: readonly string[], { print, locale }: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, SIMULATE);
  const terms = chosenTerms(values, locale);
  if (values.events === undefined) throw fault(locale, '缺少 --events（事件的 NDJSON 文件或目录）', '--events is missing (an NDJSON file of events, or a folder)');
  const incidents = await readIncidentEvents(values.events, locale);
  const now = values.now === undefined ? lastTime(incidents) : instantOf(values.now, terms.zone, '--now', locale);
  const results = [...incidents].map(([incidentId, events]) => {
    const told = underTerms(terms, events);
    return { incidentId, opening: openingOf(told), clocks: clocksOf(terms, told, now) };
  });
  if (values.json) {
    const totals = Object.fromEntries(Object.keys(STATE_WORDS).map((state) => [state, results.flatMap(({ clocks }) => clocks).filter((clock) => clock.state === state).length]));
    print(
      JSON.stringify({
        policy: terms.ref,
        now: isoTime(now, terms.zone),
        totals,
        incidents: results.map(({ incidentId, opening, clocks }) => ({
          incidentId,
          level: opening?.body.level ?? null,
          rule: opening?.body.rule ?? null,
          clocks: clocks.map((clock) => view(clock, terms.zone)),
        })),
      }),
    );
  } else {
    for (const { incidentId, opening, clocks } of results) {
      print(heading(terms, incidentId, opening, locale));
      for (const clock of clocks) print(`  ${row(clock, terms.zone, locale)}`);
    }
    const late = results.flatMap(({ clocks }) => clocks).filter(({ state }) => state === 'breached').length;
    print(locale === 'zh' ? `${terms.ref}：${results.length} 个事件，${late} 个时钟超时` : `${terms.ref}: ${results.length} incidents, ${late} clocks breached`);
  }
  return ExitCode.healthy;
}

function lastTime(incidents: ReadonlyMap<string, readonly IncidentEvent[]>): number {
  let last = 0;
  for (const events of incidents.values()) for (const { at } of events) last = Math.max(last, at);
  return last;
}

type Opening = IncidentEvent & { readonly body: Extract<IncidentEvent['body'], { readonly kind: 'opened' }> };
function openingOf(events: readonly IncidentEvent[]): Opening | undefined {
  return events.find((event): event is Opening => event.body.kind === 'opened');
}

/** What people know an incident by: its level here, what it is about, when it began. */
function heading(terms: SupportTerms, incidentId: string, opening: Opening | undefined, locale: Locale): string {
  if (!opening) return incidentId;
  const { at, body } = opening;
  const level = terms.levels.get(body.level)?.label[locale] ?? String(body.level);
  return `${level} · ${quoted(body.title ?? body.rule)} · ${isoTime(at, terms.zone).slice(0, 16).replace('T', ' ')} · ${incidentId}`;
}

/** Levels that other policies gave are not this policy's levels. */
function underTerms(terms: SupportTerms, events: readonly IncidentEvent[]): readonly IncidentEvent[] {
  return events.map((event): IncidentEvent => {
    const { body } = event;
    if (body.kind !== 'opened' || event.policy?.split(/[/@]/)[0] === terms.policy.id) return event;
    return { ...event, body: { ...body, level: levelFor(terms, body) } };
  });
}

function view(clock: ClockState, zone: string): Readonly<Record<string, unknown>> {
  const time = (at: number | undefined): string | null => (at === undefined ? null : isoTime(at, zone));
  return {
    clock: clock.clock,
    cycle: clock.cycle,
    state: clock.state,
    started: time(clock.startedAt),
    due: time(clock.dueAt),
    stopped: time(clock.stoppedAt),
    breached: time(clock.breachedAt),
    elapsed: clock.elapsedMs / 1000,
    percent: Math.round(clock.percent * 10) / 10,
    provisional: clock.provisional,
  };
}

function row(clock: ClockState, zone: string, locale: Locale): string {
  const name = `${CLOCK_WORDS[clock.clock][locale]}${clock.cycle === 1 ? '' : ` #${clock.cycle}`}`;
  const due = clock.dueAt === undefined ? (locale === 'zh' ? '无时限' : 'no time set') : `${locale === 'zh' ? '到期' : 'due'} ${isoTime(clock.dueAt, zone)}`;
  return `${name}: ${STATE_WORDS[clock.state][locale]} · ${due} · ${Math.round(clock.percent)} %`;
}

async function listCommand(args: readonly string[], { print, locale }: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, { policies: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } });
  const { all } = openPolicies(values.policies, locale);
  const rows = all.flatMap((policy) => Object.entries(policy.tiers).map(([tier, { name }]) => ({ ref: `${policy.id}/${tier}@${policy.version}`, policy, tier: name })));
  if (values.json) print(JSON.stringify(rows.map(({ ref, policy, tier }) => ({ ref, policy: policy.name, tier }))));
  else for (const { ref, policy, tier } of rows) print(`${ref}  ${policy.name[locale]} · ${tier[locale]}`);
  return ExitCode.healthy;
}

/** A policy with the terms of its tiers; as JSON, the whole file. */
async function showCommand(args: readonly string[], { print, locale }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parsePositionals(args, { tier: { type: 'string' }, policies: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } });
  const [id] = positionals;
  if (positionals.length !== 1 || id === undefined) throw new UsageError('xunjian policy show ID [--tier T] [--json]');
  const policies = openPolicies(values.policies, locale);
  const [name = '', version] = id.split('@');
  const policy = policies.find(name, version === undefined ? undefined : Number(version));
  if (!policy) throw fault(locale, `没有策略 ${quoted(id)}`, `no policy ${quoted(id)}`);
  if (values.tier !== undefined && !Object.hasOwn(policy.tiers, values.tier))
    throw fault(locale, `--tier：${name} 没有 ${quoted(values.tier)}`, `--tier: ${name} has no ${quoted(values.tier)}`);
  if (values.json) print(JSON.stringify(policy, undefined, 2));
  else {
    print(`${policy.name[locale]} (${policy.id}@${policy.version}) · ${policy.source.document}`);
    for (const tier of Object.keys(policy.tiers)) {
      if (values.tier !== undefined && values.tier !== tier) continue;
      const terms = termsOf(policies, { policyId: name, version: policy.version, tier, zone: 'Asia/Shanghai' });
      for (const line of tierLines(policy, tier, terms, locale)) print(line);
    }
  }
  return ExitCode.healthy;
}

function tierLines(policy: Policy, tier: string, terms: SupportTerms, locale: Locale): string[] {
  const lines = [`${tier}  ${policy.tiers[tier]?.name[locale] ?? ''}`];
  for (const { label, type, clocks } of terms.levels.values()) {
    lines.push(`  ${label[locale]}${type === undefined ? '' : ` ${type[locale]}`}`);
    for (const { clock, aim, coverage, note } of Object.values(clocks)) {
      const goal = aim ? goalWords(aim, locale) : (note?.[locale] ?? (locale === 'zh' ? '未约定时限' : 'no time set'));
      lines.push(`    ${CLOCK_WORDS[clock][locale]}: ${goal} · ${coverage[locale]}`);
    }
  }
  return lines;
}

/** Options and words, strictly. */
function parsePositionals<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
): ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : '');
  }
}
