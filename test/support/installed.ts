/** A release of the chart in the disposable cluster that E2E_KUBECONFIG names, and people who look at it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { PASSPHRASE, redeemAndSignIn, Session } from './collector-process.ts';
import { type Ended, type KubeObject, kubectlProgram, must, NO_HELM, tool } from './helm.ts';

export const KUBECONFIG = process.env['E2E_KUBECONFIG'] ?? '';
/** Why the tests on a real cluster are skipped; empty when they can run. */
export const NO_CLUSTER = NO_HELM || (KUBECONFIG !== '' && existsSync(KUBECONFIG) ? '' : 'E2E_KUBECONFIG names no kubeconfig of a disposable cluster that has the images');
export const NAMESPACE = 'xunjian-e2e';
const COLLECTOR = 'site-xunjian-collector';
const PROGRAM = '/opt/xunjian/dist/bin/xunjian.js';

export const kubectl = async (args: readonly string[], stdin?: string): Promise<string> =>
  await must('kubectl', args, { kubeconfig: KUBECONFIG, ...(stdin !== undefined && { stdin }) });
export const tryKubectl = async (args: readonly string[]): Promise<Ended> => await tool('kubectl', args, { kubeconfig: KUBECONFIG });
export const helm = async (args: readonly string[]): Promise<string> => await must('helm', [...args, '--namespace', NAMESPACE], { kubeconfig: KUBECONFIG });
export async function list(kind: string, args: readonly string[] = ['--namespace', NAMESPACE]): Promise<readonly KubeObject[]> {
  return (JSON.parse(await kubectl(['get', kind, ...args, '--output', 'json'])) as { items: KubeObject[] }).items;
}
/** Runs our program in a pod of the release. */
export async function inPod(target: string, args: readonly string[]): Promise<string> {
  return await kubectl(['--namespace', NAMESPACE, 'exec', target, '--', 'node', PROGRAM, ...args]);
}
/** What a piece of JavaScript says that runs in a pod; images have no shell to rely on. */
export async function evaluated(target: string, script: string): Promise<string> {
  return (await kubectl(['--namespace', NAMESPACE, 'exec', target, '--', 'node', '--eval', script])).trim();
}

/** @throws when the condition does not hold in time, with what was last seen */
export async function until<T>(what: string, seconds: number, look: () => Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  let last: T | undefined;
  let fault: unknown;
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(1_000)) {
    try {
      last = await look();
      if (isThere(last)) return last;
    } catch (error) {
      fault = error; // a port-forward breaks with its pod
    }
  }
  throw new Error(`${what} was not seen in ${seconds} s; last: ${JSON.stringify(last)?.slice(0, 3_000)}`, { cause: fault });
}

interface Pod extends KubeObject {
  readonly status: { readonly phase: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
export const isReady = (pod: KubeObject): boolean => ((pod as Pod).status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
/** Every pod of the release is Ready, and there are as many as wanted. */
export async function untilReady(count: number, seconds = 240): Promise<readonly KubeObject[]> {
  return await until(
    `${count} Ready pods`,
    seconds,
    async () => (await list('pods')).filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] !== 'test'),
    (pods) => pods.length === count && pods.every(isReady),
  );
}

/** The collector's API as a signed-in administrator, through a port-forward that is made anew when its pod was replaced. */
export class SiteCollector implements AsyncDisposable {
  #forward: ChildProcess | undefined;
  #session: Session | undefined;
  #isSetUp = false;

  async session(): Promise<Session> {
    if (this.#session && this.#forward?.exitCode === null) return this.#session;
    await this.#end();
    const authority = (JSON.parse(await kubectl(['--namespace', NAMESPACE, 'get', 'configmap', 'site-xunjian-ca', '--output', 'json'])) as KubeObject).data?.['ca.crt'] ?? '';
    setDefaultCACertificates([...getCACertificates('bundled'), authority]);
    const port = await freePort();
    this.#forward = spawn(kubectlProgram(), ['--namespace', NAMESPACE, 'port-forward', `svc/${COLLECTOR}`, `${port}:443`], {
      env: { KUBECONFIG },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { stdout } = this.#forward;
    await new Promise<void>((resolve, reject) => {
      stdout?.once('data', () => resolve());
      this.#forward?.once('exit', () => reject(new Error('port-forward ended')));
    });
    const url = `https://localhost:${port}`;
    if (!this.#isSetUp) {
      const link = /setup\?link=(\S+)/.exec(await inPod(`statefulset/${COLLECTOR}`, ['collector', 'link']))?.[1] ?? '';
      this.#session = await redeemAndSignIn(url, link, { login: 'root', name: 'Root' });
      this.#isSetUp = true;
    } else this.#session = await Session.signIn(url, 'root', PASSPHRASE);
    return this.#session;
  }
  /** Asks again through a new port-forward where the old one went with its pod. @throws when that fails too */
  async get<T>(path: string): Promise<T> {
    try {
      return await (await this.session()).call<T>('GET', path);
    } catch {
      await this.#end();
    }
    try {
      return await (await this.session()).call<T>('GET', path);
    } catch (error) {
      await this.#end();
      throw error;
    }
  }
  async #end(): Promise<void> {
    this.#session = undefined;
    const child = this.#forward;
    this.#forward = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }
}

/** Parts of a control plane that end themselves when they lose the API server for long; elsewhere a kubelet starts them again. */
const ENDED_BY_SILENCE = ['controller-manager', 'scheduler', 'kubelet', 'proxy'] as const;

/** The API server's process where the cluster is the one-node cluster of this machine; `undefined` elsewhere. */
export function apiServerProcess(): { kill(): void; start(): void; revive(): void } | undefined {
  const folder = join(KUBECONFIG, '..');
  const file = (name: string): string => join(folder, `${name}.pid`);
  if (!existsSync(file('apiserver'))) return undefined;
  const wordsOf = (name: string): readonly string[] =>
    readFileSync(`/proc/${readFileSync(file(name), 'utf8').trim()}/cmdline`, 'utf8')
      .split('\0')
      .slice(0, -1);
  const commands = new Map(['apiserver', ...ENDED_BY_SILENCE].map((name) => [name, wordsOf(name)]));
  const start = (name: string): void => {
    const [program = '', ...args] = commands.get(name) ?? [];
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    writeFileSync(file(name), String(child.pid));
    child.unref();
  };
  return {
    kill: () => process.kill(Number(readFileSync(file('apiserver'), 'utf8')), 'SIGKILL'),
    start: () => start('apiserver'),
    revive: () => {
      for (const name of ENDED_BY_SILENCE) {
        const stat = `/proc/${readFileSync(file(name), 'utf8').trim()}/stat`;
        if (!existsSync(stat) || /\) Z /.test(readFileSync(stat, 'utf8'))) start(name);
      }
    },
  };
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
