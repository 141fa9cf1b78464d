/** Whether a pack stays within its limits, as far as the program at hand can tell: an agent's has no policies. */
import { CHECKS } from '../agent/checks/index.ts';
import { type PackFault, thresholdFaults } from '../agent/packs/limits.ts';
import type { RulePack } from '../agent/packs/pack.ts';

export async function faultsFor(pack: RulePack, place: 'agent' | 'collector' | 'here'): Promise<readonly PackFault[]> {
  if (place === 'agent') return thresholdFaults(pack.thresholds, CHECKS);
  try {
    return (await import('./pack-folder.ts')).packFaults(pack);
  } catch (error) {
    if (place === 'here' && error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return thresholdFaults(pack.thresholds, CHECKS);
    throw error;
  }
}
