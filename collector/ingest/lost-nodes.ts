/** A machine that left the cluster takes its agent with it: that is no silence, and its findings are nobody's any more. */
import { agentsOfLostNodes, markRetired } from '../store/agent-store.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Db, Engine } from '../store/database.ts';
import { endFindingsOf } from '../store/finding-store.ts';
import { findCustomerOf } from '../store/fleet-store.ts';
import type { JudgedInspection } from './apply-findings.ts';

export async function retireLostNodes(db: Db, engine: Engine, { clusterId, owner, at, isCurrent, facts }: JudgedInspection): Promise<void> {
  if (owner !== 'cluster' || !isCurrent || facts.nodes === undefined) return;
  for (const agent of await agentsOfLostNodes(db, clusterId, new Set(facts.nodes), at)) {
    if (!(await markRetired(db, clusterId, agent, at))) continue;
    await endFindingsOf(db, { cluster_id: clusterId, owner: agent }, at);
    await appendAudit(db, engine, {
      at,
      actor: { kind: 'system' },
      customerId: (await findCustomerOf(db, clusterId)) ?? null,
      action: 'agent.retire',
      object: agent,
      details: { clusterId, reason: 'node-deleted' },
    });
  }
}
