/** Section `apiServices` from a watch. */
import type { Sections } from '../../../wire/section-values.ts';
import { API_SERVICES_CAP, type ApiServiceFacts, apiServiceFacts } from '../control-plane/api-services.ts';
import { Held } from './held.ts';

export class WatchedApiServices {
  readonly held = new Held<ApiServiceFacts>(apiServiceFacts);
  section(): Sections['apiServices'] {
    const all = [...this.held.values()];
    const rows = all.flatMap(({ row }) => (row ? [row] : []));
    return {
      total: all.length,
      aggregated: all.filter(({ aggregated }) => aggregated).length,
      insecure: all.filter(({ insecure }) => insecure).length,
      dropped: Math.max(0, rows.length - API_SERVICES_CAP),
      rows: rows.slice(0, API_SERVICES_CAP),
    };
  }
}
