import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { nodeScope } from '../node-rows.ts';

export const clockAhead = defineCheck({
  id: 'node-clock-ahead',
  area: 'node',
  title: { zh: '节点时钟快于集群', en: 'Node clocks ahead of the cluster' },
  why: {
    zh: '租约、证书与日志都按时间判断：时钟不准的节点会被误判为失联，业务也会遇到“证书尚未生效”。',
    en: 'Leases, certificates and logs depend on time: a node with an incorrect clock may be considered lost, and its services may report certificates that are not yet valid.',
  },
  remedy: {
    zh: '在节点上执行 `chronyc tracking` 查看偏移；修复时间同步，否则租约、证书与日志的时间都不可信。',
    en: 'Run `chronyc tracking` on the node to check the offset; fix time synchronisation, otherwise the times of leases, certificates and logs cannot be trusted.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'seconds',
  threshold: { warningSeconds: 5, criticalSeconds: 30 },
  source: 'practice: kubelet writes its own clock into the lease, so a renewal in the future is an offset; 5 s leaves room for the read itself',

  evaluate({ nodes }, { warningSeconds, criticalSeconds }) {
    const known = nodes.rows.filter(({ leaseAt }) => leaseAt !== undefined);
    if (known.length === 0) return unknown('not-reported');
    return known.flatMap(({ name, leaseAt = 0 }) =>
      above(leaseAt - nodes.takenAt, { warning: warningSeconds, critical: criticalSeconds }).map((violation) => ({ ...violation, scope: nodeScope(name) })),
    );
  },
});
