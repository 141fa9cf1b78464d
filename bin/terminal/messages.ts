/** Sentences of the command line, in both languages. One line each: what was wrong, where, what to do. */
import type { Fault } from '../../agent/config.ts';
import type { ConnectionError, ConnectionFault } from '../../agent/kube/credential.ts';
import type { Locale, Reason, Text } from '../../agent/wire/vocabulary.ts';

/** Why something could not be read, for people. */
export const REASON_TEXTS: Readonly<Record<Reason, Text>> = {
  'not-present': { zh: '本机不存在', en: 'does not exist here' },
  'not-served': { zh: '该版本的 API Server 不提供', en: 'not served by this API server' },
  'not-in-use': { zh: '未使用', en: 'not in use' },
  'tuned-profile': { zh: '豁免：由 tuned 配置有意设定', en: 'exempt: a tuned profile sets it on purpose' },
  'not-a-node': { zh: '本机不是 Kubernetes 节点', en: 'this host is no Kubernetes node' },
  forbidden: { zh: '没有读取权限', en: 'no permission to read' },
  unauthorized: { zh: '凭据不被接受（可能已过期）', en: 'credential not accepted (expired?)' },
  unreachable: { zh: '无法连接', en: 'unreachable' },
  timeout: { zh: '超时', en: 'timed out' },
  throttled: { zh: '被 API Server 限流', en: 'throttled by the API server' },
  'too-large': { zh: '数据过大', en: 'too large' },
  malformed: { zh: '格式不符', en: 'malformed' },
  truncated: { zh: '数据被截断', en: 'truncated' },
  'not-visible': { zh: '本进程看不到该路径', en: 'not visible to this process' },
  'no-history': { zh: '缺少第二次采样', en: 'needs a second sample' },
  'not-reported': { zh: '来源未提供该值', en: 'not reported by the source' },
  'tls-mismatch': { zh: 'TLS 不匹配（证书不受信任，或一方未启用 TLS）', en: 'TLS mismatch (certificate not trusted, or only one side speaks TLS)' },
  blackout: { zh: '处于禁止巡检的时段', en: 'within a declared blackout' },
  'opted-out': { zh: '配置中已关闭', en: 'switched off by configuration' },
  'not-gathered': { zh: '本次未采集', en: 'not gathered' },
  failed: { zh: '读取失败', en: 'failed' },
};

const CONNECTION_TEXTS: Readonly<Record<ConnectionFault, Text>> = {
  missing: { zh: '文件不存在，请检查 --kubeconfig 或环境变量 KUBECONFIG', en: 'no such file; check --kubeconfig or the variable KUBECONFIG' },
  unreadable: { zh: '文件无法读取，请检查权限', en: 'cannot be read; check its permissions' },
  malformed: { zh: '不是有效的 kubeconfig，请用 `kubectl config view --kubeconfig …` 检查', en: 'not a valid kubeconfig; look at it with `kubectl config view --kubeconfig …`' },
  'no-context': {
    zh: '没有该 context，请用 `kubectl config get-contexts` 查看后以 --context 指定',
    en: 'has no such context; see `kubectl config get-contexts` and name one with --context',
  },
  'no-cluster': { zh: 'context 指向的集群没有 server 地址', en: "the context's cluster has no server address" },
  'credential-failed': {
    zh: '取得凭据失败（认证插件或证书文件），请先执行 `kubectl get --raw /version`',
    en: 'getting the credential failed (plugin or certificate file); try `kubectl get --raw /version` first',
  },
  'plain-http': {
    zh: '服务器地址是 http，凭据会明文传输；确需如此请在该集群下设置 insecure-skip-tls-verify: true',
    en: 'the server address is plain http, which would show the credential; if that is meant, set insecure-skip-tls-verify: true for the cluster',
  },
  'not-a-file': { zh: '不是普通文件（管道、设备或目录），请指定 kubeconfig 文件', en: 'is no regular file (a pipe, device or folder); name a kubeconfig file' },
  'too-large': { zh: '超过 8 MiB，不是 kubeconfig', en: 'is larger than 8 MiB: no kubeconfig' },
  timeout: {
    zh: '60 秒内没有得到凭据（认证插件或所引用的证书、令牌文件没有返回），请先执行 `kubectl get --raw /version`',
    en: 'no credential within 60 s (a plugin, or a certificate or token file that it names, did not answer); try `kubectl get --raw /version` first',
  },
  interrupted: { zh: '取得凭据时被中断', en: 'stopped while getting the credential' },
};

export function connectionMessage(error: ConnectionError, locale: Locale): string {
  const where = error.file === undefined ? '' : `${error.file}${error.line === undefined ? '' : `:${error.line}`}${locale === 'zh' ? '：' : ': '}`;
  return `kubeconfig ${where}${CONNECTION_TEXTS[error.fault][locale]}`;
}

const FAULT_TEXTS: Readonly<Record<Fault['problem'], Text>> = {
  'not-yaml': { zh: '不是有效的 YAML', en: 'not valid YAML' },
  'too-large': { zh: '文件超过 1 MiB', en: 'larger than 1 MiB' },
  'unknown-key': { zh: '未知的键', en: 'unknown key' },
  'unknown-check': { zh: '没有这个检查项，可用 `xunjian checks` 查看', en: 'no such check; see `xunjian checks`' },
  'unknown-threshold': { zh: '该检查项没有这个阈值', en: 'the check has no such threshold' },
  missing: { zh: '缺少', en: 'missing' },
  'wrong-type': { zh: '类型不对', en: 'wrong type' },
  invalid: { zh: '值无效', en: 'invalid value' },
};

/** One line for one fault of a file. */
export function faultMessage(file: string, fault: Fault, locale: Locale): string {
  const line = fault.line === undefined ? '' : `:${fault.line}`;
  const path = fault.path === '' ? '' : ` ${fault.path}`;
  const right = expectedWords(fault, locale);
  const expected = right === '' ? '' : locale === 'zh' ? `（应为${/^[\p{Script=Han}]/u.test(right) ? '' : ' '}${right}）` : ` (expected ${right})`;
  return `${file}${line}${path}${locale === 'zh' ? '：' : ': '}${FAULT_TEXTS[fault.problem][locale]}${expected}`;
}

const TYPE_WORDS: Readonly<Record<string, Text>> = {
  string: { zh: '字符串', en: 'string' },
  number: { zh: '数字', en: 'number' },
  int: { zh: '整数', en: 'whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'list' },
  object: { zh: '映射', en: 'map' },
  record: { zh: '映射', en: 'map' },
  url: { zh: '网址', en: 'URL' },
};
const COUNT_WORDS: Readonly<Record<NonNullable<Fault['counts']>, Text>> = { characters: { zh: '个字符', en: 'characters' }, items: { zh: '项', en: 'items' } };

function expectedWords({ expected, counts }: Fault, locale: Locale): string {
  if (expected === undefined) return '';
  if (counts !== undefined) return `${expected} ${COUNT_WORDS[counts][locale]}`;
  return expected
    .split(' | ')
    .map((word) => TYPE_WORDS[word]?.[locale] ?? word)
    .join(locale === 'zh' ? '，或' : ', or ');
}

export const MESSAGES = {
  untrusted: { zh: '，服务器证书不受信任，请检查 kubeconfig 的 certificate-authority', en: ', its certificate is not trusted; check certificate-authority in the kubeconfig' },
  otherNames: {
    zh: '，服务器证书不是签发给该地址的，请检查 kubeconfig 的 server 或设置 tls-server-name',
    en: ', its certificate is for other names; check server or set tls-server-name in the kubeconfig',
  },
  unknownHost: { zh: '，无法解析该主机名，请检查 kubeconfig 的 server 与本机 DNS', en: ', its name cannot be resolved; check server in the kubeconfig and DNS here' },
  renewCredential: { zh: '，请更新 kubeconfig 中的凭据', en: '; renew the credential in the kubeconfig' },
  noApiServer: { zh: '，应答的不是 Kubernetes API Server，请检查 kubeconfig 的 server 与代理', en: ', what answers is no Kubernetes API server; check server and proxy' },
  missingFile: { zh: '文件不存在', en: 'no such file' },
  notAHost: { zh: '目录下没有 /proc 或 /etc，不是主机的根目录', en: 'holds neither /proc nor /etc: not the root of a host' },
  noCluster: { zh: '未找到 kubeconfig，只巡检本机。', en: 'No kubeconfig found: inspecting this host only.' },
  clusterUnreachable: { zh: '无法巡检集群', en: 'The cluster could not be inspected' },
  partial: { zh: '。其余部分继续。', en: '. Going on with the rest.' },
  nothing: { zh: '没有任何内容可以巡检。', en: 'There was nothing that could be inspected.' },
  notRendered: { zh: 'report.html 未能生成，数据在 report.json 中', en: 'report.html could not be made; its data is in report.json' },
  cannotWrite: { zh: '无法写入目录', en: 'Cannot write to the directory' },
  wroteElsewhere: { zh: '结果已保存到', en: 'The results are kept in' },
  stateUnwritable: {
    zh: '状态目录不可写，本次使用临时密钥（假名与其他次巡检不同）',
    en: 'The state directory cannot be written: using a key for this run only (pseudonyms differ from other runs)',
  },
  score: { zh: '总分', en: 'Score' },
  noScore: { zh: '无法评价', en: 'no score' },
  coverage: { zh: '覆盖率', en: 'coverage' },
  unchecked: { zh: '项未检查', en: 'not checked' },
  findings: { zh: '问题', en: 'Findings' },
  noAnswers: { zh: '没有任何检查得到结果，不能说明是否有问题。', en: 'No check gave an answer: whether there are problems is not known.' },
  interrupted: {
    zh: '巡检在完成之前被中断：以下与报告只含中断之前读到的内容。',
    en: 'The inspection was stopped before its end: this and the report hold what had been read by then.',
  },
  noFindings: { zh: '已检查的项目中未发现问题。', en: 'No problems among what was checked.' },
  more: { zh: '另有', en: 'and' },
  moreFindings: { zh: '个问题，见报告', en: 'more, see the report' },
  files: { zh: '文件', en: 'Files' },
  accepted: { zh: '已接受的风险', en: 'accepted risks' },
  expired: { zh: '已过期的豁免', en: 'expired suppressions' },
  usage: { zh: '用法见 `xunjian --help`', en: 'see `xunjian --help`' },
  notInImage: { zh: '此镜像不含该命令，请使用 collector 镜像', en: 'this image does not hold that command; use the collector image' },
  blocked: {
    zh: '隐私防护拦截：数据中出现不得外发的内容，未写出也未发送任何内容。内容的种类（所在字段）',
    en: 'Blocked by the privacy guard: the data held something that may not leave; nothing was written or sent. What it was (under which field)',
  },
  internal: { zh: '内部错误，请附上版本号报告此问题', en: 'internal error, please report it with the version' },
  stage: { host: { zh: '主机', en: 'host' }, cluster: { zh: '集群', en: 'cluster' }, middleware: { zh: '中间件', en: 'middleware' }, checks: { zh: '检查', en: 'checks' } },
  remedy: { zh: '处置', en: 'remedy' },
  observed: { zh: '实测', en: 'observed' },
  threshold: { zh: '阈值', en: 'threshold' },
  severity: { critical: { zh: '严重', en: 'critical' }, warning: { zh: '风险', en: 'warning' }, info: { zh: '关注', en: 'notice' } },
} as const;
