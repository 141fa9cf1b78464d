/**
 * Where a threshold is from, for the reader. The catalogue cites in English, with its reasons; a Chinese report names the works it cites, in words
 * that a Chinese reader expects, and says where practice decided. The whole sentence stands in the catalogue and in the stored document.
 */
import type { Locale } from '../agent/wire/vocabulary.ts';
import type { ReportModel } from './model.ts';

/** A support policy by its name in the reader's language: data that it is the source of names it as its publisher does. */
export function policyWords(source: string | undefined, { contract }: Pick<ReportModel, 'contract'>, locale: Locale): string | undefined {
  return contract !== undefined && source === contract.policy.zh ? contract.policy[locale] : source;
}

/** What is left when no work is cited. */
const PRACTICE = '实践经验';

/** The citation in the reader's language. */
export function sourceWords(source: string | undefined, locale: Locale): string | undefined {
  if (source === undefined) return undefined;
  return locale === 'en' ? inEnglish(source) : citedWords(source, locale);
}
/** The works that a source names, without its reasons: for a column of a table. Where none is named, experience decided. */
export function citedWords(source: string | undefined, locale: Locale): string | undefined {
  if (source === undefined) return undefined;
  const works = apart(source)
    .filter((clause) => !/^for /.test(clause))
    .flatMap(worksOf);
  const named = works.length === 0 ? [PRACTICE] : works;
  if (locale === 'zh') return [...new Set(named.map(inChinese))].join('；');
  return [...new Set(named.map((work) => (work === PRACTICE ? 'operating experience' : inEnglish(work).trim())))].join('; ');
}
function inEnglish(text: string): string {
  return CHINESE_WORKS.reduce((words, [chinese, english]) => words.replaceAll(chinese, english), text);
}

/** Works that the catalogue cites by their Chinese names. */
const CHINESE_WORKS: readonly (readonly [string, string])[] = [
  ['MLPS 2.0 (等保)', 'MLPS 2.0'],
  ['等保 2.0', 'MLPS 2.0'],
  ['《网络安全法》第二十一条', 'Cybersecurity Law of China, article 21,'],
  ['快速使用手册', 'quick start manual'],
  ['性能调优建议', 'performance tuning advice'],
  ['一键巡检', 'one-click inspection'],
  ['强制基线', 'mandatory baseline'],
];

/** Clauses, without what is set in brackets. A semicolon or a comma within a quotation does not part. */
function apart(source: string): readonly string[] {
  return (
    source
      .replace(/\([^()]*\)/g, ' ')
      .split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      // What practice says is a sentence with commas of its own.
      .flatMap((clause) => (/^\s*practice\b/.test(clause) ? [clause] : clause.split(/,(?! \d)(?=(?:[^"]*"[^"]*")*[^"]*$)/)))
      .map((clause) => clause.replace(/\s+/g, ' ').trim())
      .filter((clause) => clause !== '')
  );
}
/** Words of a sentence: a clause with one of them explains, and only the work that it begins with is cited. */
const SENTENCE =
  /\b(is|are|was|were|be|been|has|have|had|do|does|did|not|no|that|than|then|there|here|it|its|their|they|we|us|our|when|while|where|which|who|because|so|if|until|unless|after|before|since|from|within|without|shrinks?|kills?|needs?|asks?|keeps?|means|leaves|reads|reports?|reserves?|deprecates|ignore|sets|says|advises|compare|any|every|each|one|two|half|most|more|less|least|only|also|still|cannot|can|may|must|should|would|will|never|always|left|below|above|later|critical|warning|info|notice|skipped|judged|counted|compared|known|itself|at|as|on|by|to|in|per|with|a|an)\b/;
/** Products that are written small. */
const SMALL =
  'popeye|kubeeye|kubescape|kubeadm|kubelet|kube-[a-z]+|etcd|kubernetes(?:-mixin|\\.io)?|node-[a-z-]+|awesome-prometheus-alerts|k8sgpt|troubleshoot|systemd|redis\\.io|nginx|containerd|runc|cert-manager|coredns(?:-mixin)?|endoflife\\.date|openssh|chrony|smartmontools|apache/[a-z-]+|mysqltuner|openEuler|xunjian';
const NAME = new RegExp(`[A-Z]|\\b(?:${SMALL}|kernel|sysctl)\\b|\\p{Script=Han}`, 'u');
const BEGINS_WITH = new RegExp(`^(?:(?:[A-Z][\\w./-]+|(?:${SMALL})(?![\\w-])|[A-Z]?[\\d.-]+)(?: |$))+`);

function worksOf(clause: string): readonly string[] {
  if (/^practice\b|\bby practice\b/.test(clause)) return [PRACTICE];
  const [work = ''] = clause.split(/: (?=(?:[^"]*"[^"]*")*[^"]*$)/);
  // A chapter that is quoted has words of its own.
  const bare = work.replace(/"[^"]*"/g, '').replace(/\b(in|on|of|for|and|the|with) (?=[A-Z])/g, '');
  if (NAME.test(bare) && !SENTENCE.test(bare.replace(/\b[A-Z]\w*/g, ''))) return [work];
  const cited = BEGINS_WITH.exec(work)?.[0].trim();
  return cited === undefined || /^[\d.-]*$/.test(cited) ? [] : [cited];
}

const GUIDES: Readonly<Record<string, string | undefined>> = { operations: '运维指南', hardware: '硬件指南', tuning: '调优指南', 'data corruption': '数据损坏处理指南' };
const TERMS: readonly (readonly [RegExp, string | ((whole: string, part: string) => string)])[] = [
  [/\bAlibaba Cloud\b/g, '阿里云'],
  [/\bAlibaba\b/g, '阿里云'],
  [/\bHuawei Cloud\b/g, '华为云'],
  [/\bHuawei\b/g, '华为'],
  [/\bTencent(?: Cloud)?\b/g, '腾讯云'],
  [/\bpre-upgrade checks?\b|\bupgrade pre-checks?\b/g, '升级前检查'],
  [/\bhealth checkers?\b/g, '健康检查'],
  [/\bnode checks?\b/g, '节点检查'],
  [/\b(?:cluster )?inspections?\b/g, '巡检'],
  [/\bsecurity baseline\b/g, '安全基线'],
  [/^MLPS 2\.0(?: \(等保\))?/g, '等保 2.0'],
  [/\bsecurity audit\b/g, '安全审计'],
  [/\bidentity rules\b/g, '身份鉴别规则'],
  [/\baccount control\b/g, '账号管理'],
  [/\bdistribution benchmarks?\b/g, '发行版基准'],
  [/\bcontainer runtime setup\b/g, '容器运行时安装'],
  [/\bsupport review\b/g, '支持检查'],
  [/\bdeprecated features\b/g, '弃用特性'],
  [/\bgarbage collection\b/g, '垃圾回收'],
  [/\bnode-pressure eviction\b/g, '节点压力驱逐'],
  [/\b(operations|hardware|tuning|data corruption) guide\b/g, (_, what: string) => GUIDES[what] ?? what],
  [/\bconfiguration reference\b/g, '配置参考'],
  [/\bseverity ratings\b/g, '严重程度分级'],
  [/\balert policy\b/g, '告警策略'],
  [/\blife cycles?\b/g, '生命周期'],
  [/\bnode counts\b/g, '节点数'],
  [/\bsecurity notices\b/g, '安全公告'],
  [/\blicence notes\b/g, 'License 说明'],
  [/\bsystem validators?\b/g, '系统校验'],
  [/\bpreflight\b/g, '安装前检查'],
  [/\b(?:deployment|installation) requirements?\b/g, '安装要求'],
  [/\brequirements?\b/g, '要求'],
  [/\bproduction guide\b/g, '生产指南'],
  [/\badministrat(?:or|ion) guide\b/gi, '管理指南'],
  [/\btransport security guide\b/g, '传输安全指南'],
  [/\bmonitoring manual\b/g, '监控手册'],
  [/\bmanuals?\b/g, '手册'],
  [/\bguides?\b/g, '指南'],
  [/\bsecurity documentation\b/g, '安全文档'],
  [/\b(?:documentation|docs)\b/g, '文档'],
  [/\brelease notes\b/g, '发行说明'],
  [/\bversion skew policy\b/g, '版本偏差策略'],
  [/\blifecycle pages?\b/g, '生命周期页面'],
  [/\bgood practices\b|\bbest practices\b/g, '最佳实践'],
  [/\brecommended settings\b/g, '建议设置'],
  [/\bevent rules\b/g, '事件规则'],
  [/\blog messages?\b/g, '日志消息'],
  [/\bdata sources?\b/g, '数据源'],
  [/\banaly[sz]ers?\b/g, '分析器'],
  [/\bkernel default\b/g, '内核默认值'],
  [/\bdefaults?\b/g, '默认值'],
  [/\bkernel (?=文档)/g, '内核'],
  [/(?<![-/.\w])kernel(?![-/.\w])/g, '内核'],
  [/\bbaseline items?\b/g, '基线项'],
  [/\bmonitor items?\b/g, '监控项'],
  [/\brelease cycles?\b/g, '发布周期'],
  [/(?<!-)\balerts\b/g, '告警'],
  [/\bspecification\b/g, '规范'],
  [/\breference\b/g, '参考'],
  [/\bpre-checks?\b/g, '预检'],
  [/\bcluster (?:\w+ )?polic(?:y|ies)\b/g, '集群策略'],
  [/\bproduct support policy\b/g, '产品支持政策'],
  [/\bvendors['’] /g, '厂商'],
  [/(^| and )the (?=\p{Script=Han})/gu, '$1'],
  [/^the /g, ''],
  [/\bchecks\b/g, '检查'],
  [/\bnode conditions?\b/g, '节点状况'],
  [/\brules?\b/g, '规则'],
  [/\bsettings?\b/g, '设置'],
  [/^([^"]+?) of (?:the )?([^"]+)$/, '$1（$2）'],
  [/ and (?=\S)/g, '、'],
  [/ or (?=\S)/g, '、'],
  [/"([^"]*)"/g, '“$1”'],
];
function inChinese(work: string): string {
  if (work === PRACTICE) return work;
  const words = TERMS.reduce((text, [english, chinese]) => (typeof chinese === 'string' ? text.replace(english, chinese) : text.replace(english, chinese)), work);
  // Chinese words follow each other without a space, and stand apart from Latin ones.
  return words
    .replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')
    .replace(/([\p{Script=Latin}\d])(?=\p{Script=Han})/gu, '$1 ')
    .replace(/(\p{Script=Han})(?=[\p{Script=Latin}\d])/gu, '$1 ')
    .trim();
}
