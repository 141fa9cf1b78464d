/** An inspection as it was stored: it kept to its contract when it came, and is of this version or the one before. */
import { lift } from './lift.ts';
import type { WireInspection } from './wire-inspection.ts';

/** `undefined` for a version that is not read any more. */
export function readInspection(json: string): WireInspection | undefined {
  const payload: unknown = JSON.parse(json);
  if (typeof payload !== 'object' || payload === null || !('schema' in payload) || typeof payload.schema !== 'number') return undefined;
  const lifted = lift('inspection', payload.schema, payload);
  return typeof lifted === 'object' && lifted !== null && 'sections' in lifted ? (lifted as WireInspection) : undefined; // checked by the contract when it came
}
