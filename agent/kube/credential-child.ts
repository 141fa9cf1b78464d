/** Short-lived child of `credential.ts`: loads client-node, reads one credential, hands it over, ends. */
import { enableCompileCache } from 'node:module';
import { ConnectionError, type CredentialAnswer, type CredentialSource } from './credential.ts';

// Whoever asked is gone: neither we nor a plugin of ours outlives it. We lead our process group.
const orphaned = (): void => void process.kill(-process.pid, 'SIGKILL');
process.once('disconnect', orphaned);

if (process.argv[3]) enableCompileCache(process.argv[3]);
const { credentialFrom } = await import('./kube-config.ts');

async function main(): Promise<CredentialAnswer> {
  try {
    return { credential: await credentialFrom(JSON.parse(process.argv[2] ?? '{}') as CredentialSource) };
  } catch (error) {
    if (!(error instanceof ConnectionError)) return { fault: 'malformed' };
    return { fault: error.fault, ...(error.file && { file: error.file }), ...(error.line && { line: error.line }) };
  }
}

const answer = await main();
process.send?.(answer, () => {
  process.off('disconnect', orphaned);
  process.disconnect();
});
