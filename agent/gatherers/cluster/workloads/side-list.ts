/** Lists that a gatherer can do without: what they would have told is then left out, never guessed. */
import { KubeError } from '../../../kube/errors.ts';
import { AbsentError } from '../../gatherer.ts';

/**
 * What `read` collects; `undefined` when the API server denies it, `empty` when it does not serve the resource.
 * Any other failure is the gatherer's.
 */
export async function sideList<T>(empty: T, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AbsentError) return empty;
    if (error instanceof KubeError && (error.reason === 'forbidden' || error.reason === 'unauthorized')) return undefined;
    throw error;
  }
}
