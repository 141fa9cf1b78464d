/** From a kubeconfig to a credential by client-node, which knows every authentication method. The build keeps of that library only what is used here. */
import { statSync } from 'node:fs';
import type https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { ConnectionError, type Credential, type CredentialSource } from './credential.ts';

/** @throws ConnectionError */
export async function credentialFrom(source: CredentialSource): Promise<Credential> {
  return await credentialOf(load(source));
}

function load(source: CredentialSource): KubeConfig {
  const config = new KubeConfig();
  if (source.kind === 'in-cluster') {
    config.loadFromCluster();
    return config;
  }
  for (const [index, path] of source.paths.entries()) {
    const target = index === 0 ? config : new KubeConfig();
    loadFile(target, path);
    if (index > 0) config.mergeConfig(target, false);
  }
  if (source.context !== undefined) config.setCurrentContext(source.context);
  return config;
}

/** Two hundred clusters with certificates inside are below 2 MiB. */
const MOST_BYTES = 8 * 1024 * 1024;

function loadFile(config: KubeConfig, path: string): void {
  // A pipe or a device would never end.
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) throw new ConnectionError('missing', path);
  if (!facts.isFile()) throw new ConnectionError('not-a-file', path);
  if (facts.size > MOST_BYTES) throw new ConnectionError('too-large', path);
  try {
    config.loadFromFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EACCES' || code === 'EPERM') throw new ConnectionError('unreadable', path);
    throw new ConnectionError('malformed', path, yamlLine(error));
  }
}

/** js-yaml says where it stumbled; its message, which quotes the text, is not used. */
function yamlLine(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('mark' in error)) return undefined;
  const mark: unknown = error.mark;
  return typeof mark === 'object' && mark !== null && 'line' in mark && typeof mark.line === 'number' ? mark.line + 1 : undefined;
}

async function credentialOf(config: KubeConfig): Promise<Credential> {
  if (!config.getContextObject(config.currentContext)) throw new ConnectionError('no-context');
  const cluster = config.getCurrentCluster();
  if (!cluster?.server) throw new ConnectionError('no-cluster');
  if (cluster.server.startsWith('http:') && !cluster.skipTLSVerify && !cluster.proxyUrl) allowPlainHttp(config, cluster.server);
  const options: https.RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch {
    throw new ConnectionError('credential-failed');
  }
  const headers = Object.fromEntries(Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value)]));
  if (options.auth) headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  const pem = (value: unknown): string | undefined => (Buffer.isBuffer(value) || typeof value === 'string' ? value.toString() : undefined);
  return {
    server: cluster.server,
    headers,
    clusterName: cluster.name,
    ...withText('ca', pem(options.ca)),
    ...withText('cert', pem(options.cert)),
    ...withText('key', pem(options.key)),
    ...withText('passphrase', options.passphrase),
    ...withText('servername', options.servername),
    ...withText('proxyUrl', cluster.proxyUrl),
    ...(options.rejectUnauthorized !== undefined && { rejectUnauthorized: options.rejectUnauthorized }),
  };
}

/**
 * client-node refuses plain HTTP unless `insecure-skip-tls-verify` says that it is meant. On loopback (`kubectl proxy`)
 * nobody can listen in, so there it is meant.
 */
function allowPlainHttp(config: KubeConfig, server: string): void {
  if (!/^http:\/\/(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?(\/|$)/.test(server)) throw new ConnectionError('plain-http');
  config.clusters = config.clusters.map((one) => (one.server === server ? { ...one, skipTLSVerify: true } : one));
}

function withText<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return (value ? { [key]: value } : {}) as Partial<Record<K, string>>; // a computed key loses its literal type
}
