/** Which gatherers a role runs. */
import type { AgentRole } from '../wire/vocabulary.ts';
import type { Gatherer } from './gatherer.ts';

/**
 * `hardware` is left to whoever looks at a machine on purpose (inspect, the host role): it loads systeminformation and
 * starts programs, which costs more memory than all other gatherers of a node agent together.
 */
const NOT_ON_NODES: ReadonlySet<string> = new Set(['hardware']);

/** The gatherers of a role, in their order. */
export function gatherersFor(role: AgentRole, gatherers: readonly Gatherer[]): readonly Gatherer[] {
  switch (role) {
    case 'node':
      return gatherers.filter(({ domain, section }) => domain === 'host' && !NOT_ON_NODES.has(section));
    case 'host':
      return gatherers.filter(({ domain }) => domain === 'host');
    case 'cluster':
      return gatherers.filter(({ domain }) => domain === 'cluster');
    case 'inspect':
      return gatherers;
    default:
      return role satisfies never;
  }
}
