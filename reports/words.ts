/** The words that reports use for severities, verdicts, reasons and kinds of things: one word for one thing, everywhere. */
import type { Scope } from '../agent/wire/inspection.ts';
import { SECTIONS } from '../agent/wire/registry.ts';
import type { Locale, Reason, ScopeKind, Severity, Text, Verdict } from '../agent/wire/vocabulary.ts';
import type { Tone } from './blocks.ts';
import type { Missing } from './facts/fact.ts';
import { formatNumber, plural, say } from './format.ts';

interface Mark {
  readonly shape: string;
  readonly word: Text;
}
export const SEVERITY_MARKS: Readonly<Record<Severity, Mark>> = {
  critical: { shape: '■', word: { zh: '严重', en: 'Critical' } },
  warning: { shape: '▲', word: { zh: '风险', en: 'Warning' } },
  info: { shape: '●', word: { zh: '关注', en: 'Notice' } },
};
export const OK_MARK: Mark = { shape: '✓', word: { zh: '正常', en: 'OK' } };
export const UNKNOWN_MARK: Mark = { shape: '?', word: { zh: '未检查', en: 'Not checked' } };
export const NOT_APPLICABLE_MARK: Mark = { shape: '–', word: { zh: '不适用', en: 'Not applicable' } };

/** Shape and word of a severity: `■ 严重`. */
export function severityWords(severity: Severity, locale: Locale): string {
  const { shape, word } = SEVERITY_MARKS[severity];
  return `${shape} ${word[locale]}`;
}
/** Shape, word and colour of a verdict. A failing one speaks with its severity. */
export function verdictWords(verdict: Verdict, severity: Severity, locale: Locale): { readonly text: string; readonly tone: Tone } {
  switch (verdict) {
    case 'pass':
      return { text: `${OK_MARK.shape} ${OK_MARK.word[locale]}`, tone: 'ok' };
    case 'fail':
      return { text: severityWords(severity, locale), tone: severity };
    case 'unknown':
      return { text: `${UNKNOWN_MARK.shape} ${UNKNOWN_MARK.word[locale]}`, tone: 'unknown' };
    case 'not-applicable':
      return { text: `${NOT_APPLICABLE_MARK.shape} ${NOT_APPLICABLE_MARK.word[locale]}`, tone: 'neutral' };
    default:
      return verdict satisfies never;
  }
}

/** The same of a check that is named after the problem it looks for: beside such a name `OK` would read as if the problem were there. */
export function problemVerdict(verdict: Verdict, severity: Severity, locale: Locale): { readonly text: string; readonly tone: Tone } {
  return verdict === 'pass' ? { text: `${OK_MARK.shape} ${say(locale, '未发现', 'Not found')}`, tone: 'ok' } : verdictWords(verdict, severity, locale);
}

/** Why something was not checked. */
export const REASON_WORDS: Readonly<Record<Reason, Text>> = {
  'not-present': { zh: '环境中没有该对象', en: 'not present in this environment' },
  'not-served': { zh: '该版本的 API Server 不提供此资源', en: 'resource not served by this API server version' },
  'not-in-use': { zh: '存在但未启用', en: 'present but not enabled' },
  'tuned-profile': { zh: '豁免：由 tuned 配置有意设定', en: 'exempt: set intentionally by a tuned profile' },
  'not-a-node': { zh: '该主机不是 Kubernetes 节点', en: 'the host is not a Kubernetes node' },
  forbidden: { zh: '没有读取权限', en: 'no permission to read' },
  unauthorized: { zh: '没有可用的凭据', en: 'no valid credentials' },
  unreachable: { zh: '无法连接', en: 'unreachable' },
  throttled: { zh: 'API Server 持续限流', en: 'throttled by the API server' },
  timeout: { zh: '超过时限未返回', en: 'timed out' },
  'too-large': { zh: '数据超过允许的大小', en: 'data exceeds the size limit' },
  malformed: { zh: '数据格式不符合规范', en: 'unexpected data format' },
  truncated: { zh: '列表只读取了一部分，不能证明没有问题', en: 'list only partially read; issues may be missing' },
  'not-visible': { zh: '路径未挂载到巡检进程', en: 'path not mounted into the inspection process' },
  'no-history': { zh: '需要第二次采样或更早的巡检', en: 'needs a second sample or an earlier inspection' },
  'not-reported': { zh: '数据来源未提供该值', en: 'value not provided by the source' },
  'tls-mismatch': { zh: 'TLS 不匹配', en: 'TLS mismatch' },
  blackout: { zh: '处于禁止巡检的时段', en: 'within a blackout window' },
  'opted-out': { zh: '已由配置关闭', en: 'disabled by configuration' },
  'not-gathered': { zh: '本次巡检未采集', en: 'not collected in this run' },
  failed: { zh: '采集失败', en: 'collection failed' },
};

/** Things that Kubernetes does not name; its own kinds keep the API's spelling. */
const SCOPE_WORDS: Readonly<Partial<Record<ScopeKind, Text>>> = {
  Cluster: { zh: '集群', en: 'Cluster' },
  Node: { zh: '节点', en: 'Node' },
  Mount: { zh: '挂载点', en: 'Mount' },
  Disk: { zh: '磁盘', en: 'Disk' },
  Interface: { zh: '网卡', en: 'Interface' },
  Unit: { zh: '服务', en: 'Unit' },
  Certificate: { zh: '证书', en: 'Certificate' },
  Namespace: { zh: '命名空间', en: 'Namespace' },
  Instance: { zh: '中间件实例', en: 'Middleware' },
  Setting: { zh: '配置项', en: 'Setting' },
};
/** The thing by kind and place: `Pod shop/cart-0`, `挂载点 worker-1:/var/log`. */
export function placeWords({ kind, node, namespace, name }: Scope, locale: Locale): string {
  const word = scopeKindWord(kind, locale);
  if (namespace !== undefined) return `${word} ${namespace}/${name}`;
  return node !== undefined && kind !== 'Node' ? `${word} ${node}:${name}` : `${word} ${name}`;
}
export function scopeKindWord(kind: ScopeKind, locale: Locale): string {
  return SCOPE_WORDS[kind]?.[locale] ?? kind;
}

const SECTION_PURPOSES: Readonly<Record<string, { readonly purpose: Text } | undefined>> = SECTIONS;
/** What a section is about; its id where this release does not know it. */
export function sectionWords(section: string, locale: Locale): string {
  return Object.hasOwn(SECTION_PURPOSES, section) ? (SECTION_PURPOSES[section]?.purpose[locale] ?? section) : section;
}

/** `Fact` that is missing, as a half sentence: "未采集：没有读取权限". */
export function missingWords(reason: Missing, locale: Locale): string {
  if (reason === 'expired') return locale === 'zh' ? '明细已超过保留期' : 'Details are past their retention period';
  if (reason === 'not-gathered') return locale === 'zh' ? '本次巡检没有采集这部分数据' : 'Not collected in this inspection';
  return locale === 'zh' ? `未采集：${REASON_WORDS[reason].zh}` : `Not collected: ${REASON_WORDS[reason].en}`;
}

/** A list that is so little longer stands in full: to look a row or two up elsewhere costs more than they take. */
const FEW_MORE = 3;
/** How many rows of so many a table shows that should have about `most`. */
export function rowsShown(total: number, most: number): number {
  return total <= most + FEW_MORE ? total : most;
}
/** "12 of 80 shown", or how many rows there are. */
export function shownOf(shown: number, total: number, locale: Locale, atLeast = false): string {
  if (atLeast) return say(locale, `显示 ${formatNumber(shown)}，共至少 ${formatNumber(total)}`, `${formatNumber(shown)} of at least ${formatNumber(total)} shown`);
  return total > shown
    ? say(locale, `显示 ${formatNumber(shown)}，共 ${formatNumber(total)}`, `${formatNumber(shown)} of ${formatNumber(total)} shown`)
    : say(locale, `共 ${formatNumber(total)} 行`, plural(total, 'row'));
}
