/**
 * Process of the fast path. For a machine it takes one look and ends, so that nothing stays on the node; for a cluster it
 * stays, because its watches do, and ends with the process that started it.
 */
import { stat } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { getProxyForUrl } from 'proxy-from-env';
import type { AgentOptions } from './agent-options.ts';
import type { ClusterLook } from './fast/cluster-look.ts';
import { LOOK_DEADLINE_MS, type Look, type LookAnswer, type LookRequest } from './fast/look.ts';
import { appliedMark, packsFolder, withPack } from './packs/applied.ts';
import { errorFields } from './runtime/error-fields.ts';
import { withoutFetch } from './runtime/without-fetch.ts';

withoutFetch();
const stop = new AbortController();
let cluster: ClusterLook | undefined;
/** Another rule pack counts since this process began: the next one takes it up. */
let hasOtherPack = false;

let packMark: string | undefined;

async function take({ options: given }: LookRequest): Promise<Look> {
  const { options } = await withPack(given);
  const mark = await appliedMark(packsFolder(given));
  hasOtherPack = packMark !== undefined && packMark !== mark;
  packMark ??= mark;
  const folder = await codeFolder(options);
  if (folder !== undefined) enableCompileCache(folder); // a look a minute loads the same code a minute
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(LOOK_DEADLINE_MS)]);
  if (options.role !== 'cluster') {
    const { lookAtHost } = await import('./fast/host-look.ts');
    return await lookAtHost(options, options.role, signal);
  }
  cluster ??= await openCluster(options);
  return await cluster.look(signal, stop.signal);
}

/** Code comes from there, so nobody else may be able to write to it. */
async function codeFolder({ stateDir }: AgentOptions): Promise<string | undefined> {
  const facts = await stat(stateDir).catch(() => undefined);
  const isPrivate = facts?.isDirectory() === true && facts.uid === process.getuid?.() && (facts.mode & 0o022) === 0;
  return isPrivate ? join(stateDir, 'compile-cache') : undefined;
}

async function openCluster(options: AgentOptions): Promise<ClusterLook> {
  if (!options.credential) throw new Error('the cluster role needs a kubeconfig or a ServiceAccount');
  const [{ ClusterLook }, { readCredential }] = await Promise.all([import('./fast/cluster-look.ts'), import('./kube/credential.ts')]);
  const credential = await readCredential(options.credential, { cacheDirectory: await codeFolder(options), signal: stop.signal });
  return new ClusterLook(options, credential, getProxyForUrl(credential.server));
}

process.once('SIGTERM', () => {
  stop.abort();
  process.exit(0);
});
process.once('disconnect', () => process.exit(0)); // the agent is gone, or has its answer
process.on('message', (message) => {
  const request = message as LookRequest; // our own parent, our own shape
  const tell = (answer: LookAnswer): void => {
    // A credential that is no longer accepted, and another rule pack, are read anew by the next process.
    process.send?.(answer, undefined, undefined, () => (cluster?.fault === undefined && !hasOtherPack ? undefined : process.exit(0)));
  };
  take(request).then(
    (taken) => tell({ look: taken }),
    (error: unknown) => tell(errorFields(error)),
  );
});
