/** Reads a policy file, and says what is wrong with it: every fault with its line, its path and what would be right. */
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { issueWords } from '../fault-words.ts';
import { type Coverage, weeklyHours } from './coverage.ts';
import { aimOf } from './goal.ts';
import { type ClockRule, Policy } from './policy.ts';
import { NOT_A_ZONE } from './zone.ts';

/** Larger is no policy: an alias bomb or the wrong file. */
const MAX_BYTES = 512 * 1024;

export interface PolicyFault {
  /** 1-based; absent when the fault is about the whole file. */
  readonly line?: number | undefined;
  readonly path: string;
  readonly message: Text;
}
export interface PolicyFile {
  readonly policy?: Policy | undefined;
  readonly faults: readonly PolicyFault[];
}

type Path = readonly (string | number)[];
interface Complaint {
  readonly path: Path;
  readonly message: Text;
}

/** Never throws: what cannot be read is a fault. */
export function readPolicy(text: string): PolicyFile {
  if (text.length > MAX_BYTES) return { faults: [{ path: '', message: { zh: `文件超过 ${MAX_BYTES / 1024} KiB`, en: `larger than ${MAX_BYTES / 1024} KiB` } }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      faults: document.errors
        .slice(0, 20)
        .map((error) => ({ line: lines.linePos(error.pos[0]).line, path: '', message: { zh: `不是有效的 YAML：${error.message}`, en: `not valid YAML: ${error.message}` } })),
    };
  }
  const lineOf = (path: Path): number | undefined => {
    for (let length = path.length; length >= 0; length -= 1) {
      const range = keyRange(document, path.slice(0, length));
      if (range !== undefined) return lines.linePos(range).line;
    }
    return undefined;
  };
  const plain: unknown = toPlain(() => document.toJS({ maxAliasCount: 20 }));
  const parsed = Policy.safeParse(plain);
  const complaints = parsed.success ? policyComplaints(parsed.data) : parsed.error.issues.flatMap(complaintsOf);
  const faults = complaints.map(({ path, message }) => ({ line: lineOf(path), path: path.join('.'), message }));
  return { policy: parsed.success && faults.length === 0 ? parsed.data : undefined, faults };
}

/** One line of a fault, as compilers write them: `file:line: path: message`. */
export function faultLine(file: string, { line, path, message }: PolicyFault, locale: Locale): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${path === '' ? '' : `${path}: `}${message[locale]}`;
}

function toPlain(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Where a key stands in the file, or an element of a list. Keys are compared as texts: levels are numbers in YAML. */
function keyRange(document: ReturnType<typeof parseDocument>, path: Path): number | undefined {
  let node: unknown = document.contents;
  let start = startOf(node);
  for (const step of path) {
    const at = stepInto(node, step);
    if (!at) return undefined;
    node = at.value;
    start = at.start;
  }
  return start;
}

function stepInto(node: unknown, step: string | number): { readonly value: unknown; readonly start: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair && { value: pair.value, start: startOf(pair.key) };
  }
  const element = isSeq(node) ? node.items[Number(step)] : undefined;
  return element === undefined ? undefined : { value: element, start: startOf(element) };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** A fault of the schema in both languages; of a union, the branch that says most. */
function complaintsOf(issue: z.core.$ZodIssue): Complaint[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: { zh: '没有这个键；请检查拼写', en: 'no such key; check its spelling' } }));
  }
  if (path.length === 0 && issue.code === 'invalid_type') {
    return [{ path, message: { zh: '文件是空的，或者不是“键: 值”的结构', en: 'the file is empty, or holds no keys with values' } }];
  }
  if (issue.code === 'invalid_type' && issue.message.includes('undefined')) {
    return [{ path, message: { zh: '缺少此键', en: 'this key is missing' } }];
  }
  const own = CUSTOM_ZH[issue.message];
  return [{ path, message: own === undefined ? issueWords(issue) : { zh: own, en: issue.message } }];
}

const CUSTOM_ZH: Readonly<Record<string, string>> = {
  'hours are HH:MM-HH:MM, up to 24:00': '时段写作 HH:MM-HH:MM，最晚 24:00',
  'hours end after they begin; over midnight is two intervals': '时段的结束须晚于开始；跨午夜请写成两段',
  'intervals of a day must not overlap': '同一天的时段不能重叠',
  [NOT_A_ZONE]: '应为 IANA 时区，例如 Asia/Shanghai（不用 CST 一类缩写）',
  'a level is 1, 2, 3, 4 or 5': '级别为 1、2、3、4 或 5',
  'an id has small letters, digits and hyphens': '标识只含小写字母、数字和连字符',
  'a duration like PT4H or PT30M': '时长写作 PT4H 或 PT30M',
  'goal is PT4H, PT30M, { hours: 4 }, { minutes: 30 }, { workingDays: 2 } or none': 'goal 为 PT4H、PT30M、{ hours: 4 }、{ minutes: 30 }、{ workingDays: 2 } 或 none',
};

/** What the schema cannot say: references that lead nowhere, levels without terms, hours in which nothing ever counts. */
export function policyComplaints(policy: Policy): Complaint[] {
  return [...coverageComplaints(policy.coverages), ...levelComplaints(policy), ...clockComplaints(policy), ...ruleComplaints(policy)];
}

function coverageComplaints(coverages: Policy['coverages']): Complaint[] {
  return Object.entries(coverages)
    .filter(([, coverage]) => weeklyHours(coverage).every((hours) => hours.length === 0))
    .map(([id]) => ({ path: ['coverages', id, 'weekly'], message: { zh: '没有任何服务时段，时钟永远不会走', en: 'has no hours: a clock in it would never run' } }));
}

function levelComplaints(policy: Policy): Complaint[] {
  const out: Complaint[] = [];
  const known = policy.levels.map(({ level }) => level);
  for (const [index, level] of known.entries()) {
    if (known.indexOf(level) !== index) out.push({ path: ['levels', index, 'level'], message: { zh: `级别 ${level} 定义了两次`, en: `level ${level} is defined twice` } });
  }
  for (const [tier, { levels }] of Object.entries(policy.tiers)) {
    for (const level of known) {
      if (!levels[`${level}`]) out.push({ path: ['tiers', tier, 'levels'], message: { zh: `缺少 ${level} 级的条款`, en: `has no terms for level ${level}` } });
    }
    for (const level of Object.keys(levels)) {
      if (!known.some((one) => `${one}` === level))
        out.push({ path: ['tiers', tier, 'levels', level], message: { zh: `级别 ${level} 没有定义`, en: `level ${level} is not defined` } });
    }
  }
  const used: [Path, number][] = [
    ...Object.entries(policy.mapping.incident).map(([severity, level]): [Path, number] => [['mapping', 'incident', severity], level]),
    [['mapping', 'problem'], policy.mapping.problem],
    ...policy.mapping.rules.map(({ level }, index): [Path, number] => [['mapping', 'rules', index, 'level'], level]),
    ...(policy.mapping.outageBeyondChange === undefined ? [] : [[['mapping', 'outageBeyondChange'], policy.mapping.outageBeyondChange] satisfies [Path, number]]),
    ...(policy.access ? [[['access', 'from'], policy.access.from] satisfies [Path, number], [['access', 'to'], policy.access.to] satisfies [Path, number]] : []),
  ];
  for (const [path, level] of used) if (!known.some((one) => one === level)) out.push({ path, message: { zh: `级别 ${level} 没有定义`, en: `level ${level} is not defined` } });
  return out;
}

function clockComplaints(policy: Policy): Complaint[] {
  const out: Complaint[] = [];
  const look = (path: Path, rule: ClockRule): void => {
    const coverage: Coverage | undefined = policy.coverages[rule.coverage];
    if (!coverage) {
      out.push({ path: [...path, 'coverage'], message: { zh: `没有名为 ${rule.coverage} 的服务时段`, en: `no coverage is called ${rule.coverage}` } });
      return;
    }
    if (aimOf(rule.goal)?.unit === 'working-days' && coverage.holidays === 'ignore') {
      out.push({
        path: [...path, 'goal'],
        message: { zh: '以工作日计的时限需要区分工作日的服务时段（holidays: statutory）', en: 'a goal in working days needs a coverage that knows them (holidays: statutory)' },
      });
    }
  };
  for (const [index, rule] of policy.clocks.entries()) look(['clocks', index], rule);
  for (const [tier, { levels }] of Object.entries(policy.tiers)) {
    for (const [level, { clocks }] of Object.entries(levels)) {
      for (const [clock, rule] of Object.entries(clocks)) look(['tiers', tier, 'levels', level, 'clocks', clock], rule);
    }
  }
  return out;
}

function ruleComplaints(policy: Policy): Complaint[] {
  const out: Complaint[] = [];
  const updates = new Set(policy.clocks.filter(({ clock }) => clock === 'update').flatMap(({ levels }) => levels));
  for (const level of policy.status?.levels ?? []) {
    if (!updates.has(level))
      out.push({ path: ['status', 'levels'], message: { zh: `${level} 级没有 update 时钟，无法定时通报`, en: `level ${level} has no update clock to keep the pace` } });
  }
  for (const [index, { percent }] of policy.warnings.entries()) {
    if (index > 0 && percent <= (policy.warnings[index - 1]?.percent ?? 0))
      out.push({ path: ['warnings', index, 'percent'], message: { zh: '百分比须递增', en: 'percentages must rise' } });
  }
  if (policy.access && policy.access.to <= policy.access.from)
    out.push({ path: ['access', 'to'], message: { zh: '未提供访问时级别只能降低（数字变大）', en: 'without access a level gets less urgent: a higher number' } });
  const steps = policy.escalation.flatMap(({ step, levels }) => levels.map((level) => `${level}/${step}`));
  if (new Set(steps).size !== steps.length) out.push({ path: ['escalation'], message: { zh: '同一级别的同一升级步骤出现两次', en: 'a level has the same step twice' } });
  for (const [index, { clock, goal }] of policy.clocks.entries()) {
    if (clock === 'update' && goal === 'none') out.push({ path: ['clocks', index, 'goal'], message: { zh: 'update 时钟需要时限', en: 'the update clock needs a goal' } });
  }
  return out;
}
