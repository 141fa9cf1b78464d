/** What one of the demo's agents reads, and how a real one would have called it: the same sections, gatherers and checks. */
import type { Check } from '../../agent/checks/check.ts';
import { CLUSTER_CHECKS } from '../../agent/checks/cluster-checks.ts';
import { HOST_CHECKS } from '../../agent/checks/host-checks.ts';
import { MIDDLEWARE_CHECKS } from '../../agent/checks/middleware/index.ts';
import type { GathererReport } from '../../agent/wire/inspection.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionName, SomeSections } from '../../agent/wire/section-values.ts';
import type { AgentRole, Domain } from '../../agent/wire/vocabulary.ts';
import { clusterSections, type DemoCluster, hostSections, type Moment } from './world.ts';

export interface Reading {
  readonly role: AgentRole;
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly checks: readonly Check[];
  readonly domains: ReadonlySet<Domain>;
}

/** @param node the machine that the agent looks at; left out: the cluster's own agent */
export function readingOf(cluster: DemoCluster, node: string | undefined, moment: Moment): Reading {
  const [role, sections] =
    node === undefined ? (['cluster', clusterSections(cluster, moment)] as const) : ([cluster.kind === 'hosts' ? 'host' : 'node', hostSections(cluster, node, moment)] as const);
  const own = role === 'cluster' ? 'cluster' : 'host';
  // Agents of nodes leave middleware to the cluster's.
  const domains = new Set<Domain>(role === 'node' ? [own] : [own, 'middleware']);
  const told = new Set(Object.keys(sections));
  const gatherers = (Object.keys(SECTIONS) as SectionName[]).flatMap((section): GathererReport[] => {
    const { domain } = SECTIONS[section];
    if (told.has(section)) return [{ section, domain, status: 'ok', durationMs: 5, dropped: 0 }];
    return domains.has(domain) ? [{ section, domain, status: 'absent', reason: 'not-present', durationMs: 5, dropped: 0 }] : [];
  });
  return { role, sections, gatherers, checks: [...(own === 'cluster' ? CLUSTER_CHECKS : HOST_CHECKS), ...(role === 'node' ? [] : MIDDLEWARE_CHECKS)], domains };
}
