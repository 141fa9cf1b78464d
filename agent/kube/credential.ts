/** From a kubeconfig or a pod's ServiceAccount to a credential. Light: it can be begun before anything else is loaded. */
import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childFlags } from '../runtime/child-flags.ts';

/** Where the credential is to be found. */
export type CredentialSource = { readonly kind: 'files'; readonly paths: readonly string[]; readonly context?: string | undefined } | { readonly kind: 'in-cluster' };

/** What client-node read: plain data, so that it can cross a process. */
export interface Credential {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
  readonly proxyUrl?: string;
  /** Name that the kubeconfig gives the cluster; a site's word, shown on site only. */
  readonly clusterName: string;
}

/** What can be wrong with a kubeconfig, as closed words: a YAML error's own message would quote secrets. */
export const CONNECTION_FAULTS = [
  'missing',
  'unreadable',
  'not-a-file',
  'too-large',
  'malformed',
  'no-context',
  'no-cluster',
  'credential-failed',
  'plain-http',
  'timeout',
  'interrupted',
] as const;
export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];

export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly fault: ConnectionFault;
  /** File that is at fault, when one is. */
  readonly file: string | undefined;
  /** Line in that file, from 1, when the fault has one. */
  readonly line: number | undefined;
  constructor(fault: ConnectionFault, file?: string, line?: number) {
    super(`kubeconfig: ${fault}`);
    this.fault = fault;
    this.file = file;
    this.line = line;
  }
}

/** Messages of the child process. */
export type CredentialAnswer = { readonly credential: Credential } | { readonly fault: ConnectionFault; readonly file?: string; readonly line?: number };

/** An exec plugin may ask a cloud for a token. */
const CHILD_DEADLINE_MS = 60_000;

export interface ReadCredentialOptions {
  /** Folder that only its owner may write, for V8's compiled code: loading the library takes a third less time. */
  readonly cacheDirectory?: string | undefined;
  /** Ends the wait at once, and the plugin with it. */
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

/**
 * Reads the credential with client-node, which knows every authentication method, in a child process: the library costs
 * 90 MB of memory that the parent would keep for the rest of its life. The child leads a process group of its own, so that a
 * plugin that hangs ends with it.
 * @throws ConnectionError
 */
export async function readCredential(source: CredentialSource, { cacheDirectory, signal, deadlineMs = CHILD_DEADLINE_MS }: ReadCredentialOptions = {}): Promise<Credential> {
  if (signal?.aborted) throw new ConnectionError('interrupted');
  const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './credential-child.ts' : './credential-child.js', import.meta.url));
  const options: ForkOptions = { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true, execArgv: childFlags(process.execArgv) };
  const { promise, resolve } = Promise.withResolvers<CredentialAnswer>();
  const child = fork(script, [JSON.stringify(source), cacheDirectory ?? ''], options);
  const end = (fault: ConnectionFault): void => {
    resolve({ fault });
    endGroup(child);
  };
  const interrupt = (): void => end('interrupted');
  const timer = setTimeout(() => end('timeout'), deadlineMs);
  signal?.addEventListener('abort', interrupt, { once: true });
  child.once('message', (message) => resolve(message as CredentialAnswer)); // our own child, our own shape
  child.once('error', () => resolve({ fault: 'credential-failed' }));
  child.once('exit', () => resolve({ fault: 'credential-failed' }));
  const answer = await promise;
  clearTimeout(timer);
  signal?.removeEventListener('abort', interrupt);
  if ('fault' in answer) throw new ConnectionError(answer.fault, answer.file, answer.line);
  return answer.credential;
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
