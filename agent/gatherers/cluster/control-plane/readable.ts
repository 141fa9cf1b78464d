import { KubeError } from '../../../kube/errors.ts';
import { AbsentError } from '../../gatherer.ts';

/**
 * Runs a look at a second resource that may be refused or not served; its fields are left out then. Anything else
 * (timeouts, lost connections) fails the gatherer.
 */
export async function whenReadable<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AbsentError) return undefined;
    if (error instanceof KubeError && (error.reason === 'forbidden' || error.reason === 'not-served')) return undefined;
    throw error;
  }
}
