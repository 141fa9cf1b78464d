/** Options, variables and file of the collector's commands, and the one line that says what is wrong when it cannot start. */
import { join } from 'node:path';
import type { Locale, Text } from '../agent/wire/vocabulary.ts';
import { type CollectorConfig, CollectorConfigError, loadCollectorConfig } from '../collector/config.ts';
import { AppError } from '../collector/errors.ts';
import { StartError } from '../collector/main.ts';
import { MigrationError } from '../collector/store/migrate.ts';
import { PolicyError } from '../collector/support/policy-error.ts';
import type { CommandContext } from './context.ts';
import { readGivenText } from './given-file.ts';
import { UsageError } from './terminal/arguments.ts';
import { faultMessage } from './terminal/messages.ts';

/** A configuration with every policy in it is far below. */
const MOST_BYTES = 8 * 1024 * 1024;

export const COLLECTOR_OPTIONS = {
  listen: { type: 'string' },
  'data-dir': { type: 'string' },
  database: { type: 'string' },
  config: { type: 'string' },
  'public-url': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'client-ca': { type: 'string' },
  'trust-proxy': { type: 'string' },
  'metrics-listen': { type: 'string' },
  'log-level': { type: 'string' },
  lang: { type: 'string' },
} as const;

/** @throws UsageError with every fault on a line of its own */
export async function collectorConfig(values: Readonly<Record<string, unknown>>, { environment, locale, signal }: CommandContext): Promise<CollectorConfig> {
  const path = typeof values['config'] === 'string' ? values['config'] : environment['XUNJIAN_CONFIG'];
  const file = path === undefined ? undefined : await readGivenText(path, { mostBytes: MOST_BYTES, signal });
  try {
    return loadCollectorConfig({ file, environment, options: values });
  } catch (error) {
    if (!(error instanceof CollectorConfigError)) throw error;
    throw new UsageError(error.faults.map((fault) => faultMessage(path ?? 'collector', fault, locale)).join('\n'));
  }
}

const TEXTS = {
  inUse: { zh: '端口已被占用，请用 --listen 换一个，或停止占用它的程序', en: 'the port is in use; choose another with --listen or stop what uses it' },
  notAllowed: { zh: '没有权限监听该地址', en: 'not allowed to listen there' },
  noAddress: { zh: '本机没有该地址', en: 'this machine has no such address' },
  dataDir: { zh: '数据目录无法写入，请检查权限或用 --data-dir 指定', en: 'the data directory cannot be written; check its permissions or name another with --data-dir' },
  newer: { zh: '数据库由更新版本的程序创建，请使用新版本', en: 'the database was written by a newer version; start that one' },
  unreachable: { zh: '数据库无法连接，请检查 DATABASE_URL 的主机与端口', en: 'the database cannot be reached; check host and port of DATABASE_URL' },
  login: { zh: '数据库拒绝登录，请检查用户名与口令', en: 'the database refused the login; check user and password' },
  missing: { zh: '数据库不存在，请先创建', en: 'no such database; create it first' },
  database: { zh: '数据库无法打开', en: 'the database cannot be opened' },
  tls: { zh: '证书或私钥无法读取或不匹配', en: 'certificate or key cannot be read or do not fit' },
  secret: { zh: '配置中的机密文件无法读取', en: 'a file with a secret cannot be read' },
  sharedKey: {
    zh: '本收集端的密钥与该数据库的不同。请把其他收集端（或备份所属收集端）的密钥文件复制到此处并重启；密钥确已丢失时用 --new-key 启动，之后重新填写各通知目标的密钥',
    en: "this collector's key is not that of the database. Copy the other collectors' key file (or that of the backup's) here and start again; if the key is lost, start with --new-key and enter the secrets of the targets again",
  },
  key: { zh: '密钥文件不可用', en: 'the key file cannot be used' },
  federation: {
    zh: '上级收集端的配置有误，请检查 federation.url（https，或本机 http）',
    en: 'the collector above cannot be used; check federation.url (https, or http on this machine)',
  },
  enrolment: { zh: '本集群无法登记，请检查 enrolment 的令牌文件与策略', en: 'the own cluster cannot be enrolled; check the token file and policy of `enrolment`' },
  policies: { zh: '支持策略有误', en: 'the support policies have faults' },
  listen: { zh: '无法监听该地址', en: 'cannot listen there' },
} as const satisfies Readonly<Record<string, Text>>;

type Say = (text: keyof typeof TEXTS, detail?: string) => string;

/** One line for people; what the log has in fields. Never the database's URL: it may hold a password. */
export function startFault(error: unknown, config: CollectorConfig, locale: Locale): string {
  const say: Say = (text, detail = '') => (detail === '' ? TEXTS[text][locale] : `${TEXTS[text][locale]}${locale === 'zh' ? '：' : ': '}${detail}`);
  if (!(error instanceof StartError)) return error instanceof Error ? error.name : 'failed';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  switch (error.step) {
    case 'listen':
      return listenFault(config.listen, code, say);
    case 'metrics':
      return listenFault(config.metrics.listen ?? config.listen, code, say);
    case 'data-dir':
      return say('dataDir', `${config.dataDir} (${code})`);
    case 'database':
      return databaseFault(cause, code, config, say);
    case 'policies':
      return say('policies', cause instanceof PolicyError ? cause.message : code);
    case 'federation':
    case 'enrolment':
      return say(error.step, cause instanceof AppError ? cause.message : code);
    case 'shared-key':
      return cause instanceof AppError ? say('sharedKey', `${config.keyFile ?? join(config.dataDir, 'secret.key')} (${cause.message})`) : databaseFault(cause, code, config, say);
    case 'key':
      return say('key', cause instanceof AppError ? cause.message : `${config.keyFile ?? config.dataDir} ${code}`);
    default:
      return say(error.step, cause instanceof Error && 'path' in cause ? `${String(cause.path)} ${code}` : code);
  }
}

function listenFault({ host, port }: CollectorConfig['listen'], code: string, say: Say): string {
  const address = `${host}:${port}`;
  if (code === 'EADDRINUSE') return say('inUse', address);
  if (code === 'EACCES') return say('notAllowed', address);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return say('noAddress', address);
  return say(code.startsWith('ERR_OSSL') ? 'tls' : 'listen', `${address} ${code}`);
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EAI_AGAIN']);
function databaseFault(cause: unknown, code: string, { dataDir, database }: CollectorConfig, say: Say): string {
  if (cause instanceof MigrationError) return say('newer', cause.message);
  if (UNREACHABLE.has(code) || (cause instanceof Error && /timeout/i.test(cause.message))) return say('unreachable', code);
  if (code === '28P01' || code === '28000') return say('login', code);
  if (code === '3D000') return say('missing', code);
  const isFile = database.url.startsWith('sqlite:');
  return isFile && ['EACCES', 'EROFS', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'ERR_SQLITE_ERROR'].includes(code) ? say('dataDir', `${dataDir} (${code})`) : say('database', code);
}
