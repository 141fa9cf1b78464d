/** Opens a cluster: credential, connection and one request that proves both. */
import { KubeClient } from './client.ts';
import { Cluster } from './cluster.ts';
import { connect } from './connection.ts';
import { type Credential, type CredentialSource, readCredential } from './credential.ts';

export interface OpenedCluster {
  readonly cluster: Cluster;
  /** The kubeconfig's word for the cluster. */
  readonly name: string;
}

/**
 * @param proxyFor proxy of the environment for a server's address, or empty
 * @param now Unix seconds
 * @throws ConnectionError when the credential cannot be read, KubeError when the server does not answer it
 */
export async function openCluster(source: CredentialSource, proxyFor: (server: string) => string, now: () => number, signal: AbortSignal): Promise<OpenedCluster> {
  return await openClusterWith(await readCredential(source, { signal }), proxyFor, now, signal);
}

/** See {@link openCluster}, with a credential that was read before. @throws KubeError */
export async function openClusterWith(credential: Credential, proxyFor: (server: string) => string, now: () => number, signal: AbortSignal): Promise<OpenedCluster> {
  const cluster = new Cluster(new KubeClient(connect(credential, proxyFor(credential.server))), now);
  // `/version` is open to everybody, so it proves the way only; discovery also needs an accepted credential.
  await cluster.get('/api', AbortSignal.any([signal, AbortSignal.timeout(20_000)]));
  return { cluster, name: credential.clusterName };
}
