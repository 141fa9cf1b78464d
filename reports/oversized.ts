/** When a workload asks for too much, and how much of it could be given back. Pure. */
import type { OversizedWorkload } from './facts/service.ts';

type Amounts = Pick<OversizedWorkload, 'requestedMillicores' | 'usedMillicores' | 'requestedBytes' | 'usedBytes'>;
/**
 * Asks for twice what it uses, and something is to be had: half a core or a GiB. Ours: below twice it is the margin that
 * the vertical pod autoscaler (15 %) and a peak need, below these amounts nobody changes a manifest.
 */
const OVERSIZED = { times: 2, millicores: 500, bytes: 2 ** 30 } as const;

/** What it asks too much of; nothing for a workload that is well sized. */
export function oversizedIn({ requestedMillicores, usedMillicores, requestedBytes, usedBytes }: Amounts): readonly ('cpu' | 'memory')[] {
  const far = (requested: number, used: number, least: number): boolean => requested >= OVERSIZED.times * used && requested - used >= least;
  return [
    ...(far(requestedMillicores, usedMillicores, OVERSIZED.millicores) ? (['cpu'] as const) : []),
    ...(far(requestedBytes, usedBytes, OVERSIZED.bytes) ? (['memory'] as const) : []),
  ];
}
/** What stays with a workload beyond its use: the margin of the vertical pod autoscaler. */
export const MARGIN_PERCENT = 15;
/** What could be given back of that which it asks too much of, the margin kept; never more than it asks for. */
export function spareOf(row: Amounts): { readonly millicores: number; readonly bytes: number } {
  const over = oversizedIn(row);
  return {
    millicores: over.includes('cpu') ? Math.max(0, row.requestedMillicores - withMargin(row.usedMillicores)) : 0,
    bytes: over.includes('memory') ? Math.max(0, row.requestedBytes - withMargin(row.usedBytes)) : 0,
  };
}
function withMargin(used: number): number {
  return Math.round(used * (1 + MARGIN_PERCENT / 100));
}
