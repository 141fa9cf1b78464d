import { CLUSTER_CONTROL_PLANE_GATHERERS } from '../../../../agent/gatherers/cluster/control-plane/index.ts';
import { type Gathered, runGatherers } from '../../../../agent/gatherers/run.ts';
import type { SectionName, Sections } from '../../../../agent/wire/section-values.ts';
import { clusterOf, type Served } from '../../../support/api.ts';

/** Runs the gatherer of one section against objects, through the runner and the contract; gives its value and its report. */
export async function gather<N extends SectionName>(
  section: N,
  served: Served,
): Promise<{ readonly value: Sections[N] | undefined; readonly report: Gathered['reports'][number] | undefined }> {
  const cluster = await clusterOf(served);
  const gatherers = CLUSTER_CONTROL_PLANE_GATHERERS.filter((gatherer) => gatherer.section === section);
  const { sections, reports } = await runGatherers(gatherers, { cluster }, { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() });
  return { value: sections[section], report: reports[0] };
}
