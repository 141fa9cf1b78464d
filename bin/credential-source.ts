import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CredentialSource } from '../agent/kube/credential.ts';

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** `--kubeconfig`, `$KUBECONFIG`, `~/.kube/config`, the pod's ServiceAccount: the first that is there. */
export async function credentialSource(
  { kubeconfig, context }: { readonly kubeconfig?: string | undefined; readonly context?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CredentialSource | undefined> {
  if (kubeconfig !== undefined) return { kind: 'files', paths: [resolve(kubeconfig)], context };
  const fromEnvironment = (environment['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  if (fromEnvironment.length > 0) return { kind: 'files', paths: fromEnvironment, context };
  const own = join(environment['HOME'] ?? homedir(), '.kube/config');
  if (
    await stat(own).then(
      (facts) => facts.isFile(),
      () => false,
    )
  )
    return { kind: 'files', paths: [own], context };
  if (
    environment['KUBERNETES_SERVICE_HOST'] &&
    (await stat(SERVICE_ACCOUNT_TOKEN).then(
      () => true,
      () => false,
    ))
  )
    return { kind: 'in-cluster' };
  return context === undefined ? undefined : { kind: 'files', paths: [own], context };
}
