import { expect, it } from 'vitest';
import { onBothEngines } from '../../support/databases.ts';
import { HOUR, MINUTE, START, siteOn } from '../../support/incident-desk.ts';

const iso = (at: number): string => new Date(at).toISOString();
const alert = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  status: 'firing',
  labels: { alertname: 'KubePodCrashLooping', severity: 'warning', namespace: 'shop', pod: 'cart-0', secret: 'CANARY' },
  annotations: { description: 'CANARY' },
  startsAt: iso(START),
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://CANARY',
  fingerprint: '0123456789abcdef',
  ...changes,
});
const payload = (...alerts: readonly unknown[]): unknown => ({
  version: '4',
  groupKey: '{}:{}',
  status: 'firing',
  receiver: 'xunjian',
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: { a: 'CANARY' },
  externalURL: 'http://x',
  truncatedAlerts: 0,
  alerts,
});

onBothEngines('Alertmanager’s webhook', (database) => {
  it('opens one incident for an alert, however often it is sent, and keeps no text of it', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    const sender = { customerId, clusterId, integration: 'am' };
    expect(await machine.receiveAlerts(sender, payload(alert()), START + MINUTE)).toMatchObject({ opened: 1 });
    expect(await machine.receiveAlerts(sender, payload(alert()), START + 5 * HOUR)).toMatchObject({ opened: 0, repeated: 1 });
    expect(await site.active()).toMatchObject([
      { source: 'alertmanager', rule: 'KubePodCrashLooping', severity: 'warning', scope: { kind: 'Pod', namespace: 'shop', name: 'cart-0' } },
    ]);
    for (const table of ['incidents', 'incident_events', 'signals'] as const)
      expect(JSON.stringify(await database().db.selectFrom(table).selectAll().execute())).not.toContain('CANARY');
  });

  it('orders what a cluster of Alertmanagers sends again after the end (alertmanager#4008)', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    const sender = { customerId, clusterId, integration: 'am' };
    await machine.receiveAlerts(sender, payload(alert()), START + MINUTE);
    const resolved = alert({ status: 'resolved', endsAt: iso(START + HOUR) });
    await machine.receiveAlerts(sender, payload(resolved), START + HOUR + MINUTE);
    await site.tick(START + HOUR + 11 * MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'resolved' }]);
    expect(await machine.receiveAlerts(sender, payload(alert()), START + HOUR + 12 * MINUTE)).toMatchObject({ late: 1 });
    expect(await site.active()).toMatchObject([{ state: 'resolved' }]);
    await machine.receiveAlerts(sender, payload(alert({ startsAt: iso(START + 2 * HOUR) })), START + 2 * HOUR + MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'open', reopened: 1 }]);
  });

  it('takes old alerts of an Alertmanager that was connected only now', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    expect(await machine.receiveAlerts({ customerId, clusterId, integration: 'am' }, payload(alert()), START + 48 * HOUR)).toMatchObject({ opened: 1 });
  });

  it('leaves out what is unreadable or for machines, and refuses what is not its format', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    const sender = { customerId, clusterId, integration: 'am' };
    const odd = [alert({ startsAt: 'yesterday' }), alert({ status: 'odd' }), null, 7, alert({ labels: { alertname: 'Watchdog', severity: 'none' } })];
    const hostile = alert({ labels: { alertname: '<script>\u0000', severity: 'CRITICAL', node: 'a\nb', namespace: '__proto__' }, fingerprint: '../../x' });
    expect(await machine.receiveAlerts(sender, payload(...odd, hostile), START + MINUTE)).toMatchObject({ opened: 1, skipped: odd.length });
    expect(await site.active()).toMatchObject([{ rule: 'unnamed', severity: 'critical', scope: { kind: 'Cluster', name: 'cluster' } }]);
    await expect(machine.receiveAlerts(sender, { alerts: 1 }, START)).rejects.toMatchObject({ code: 'invalid' });
    await expect(machine.receiveAlerts(sender, { version: '3', alerts: [] }, START)).rejects.toMatchObject({ code: 'unsupported' });
    await expect(machine.receiveAlerts(sender, payload(...Array.from({ length: 2_001 }, () => alert())), START)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('means the machine, not its exporter’s pod, with alerts on machines', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    const labels = { alertname: 'NodeFilesystemAlmostOutOfSpace', severity: 'critical', instance: '10.0.0.7:9100', namespace: 'monitoring', pod: 'node-exporter-x' };
    await machine.receiveAlerts({ customerId, clusterId, integration: 'am' }, payload(alert({ labels })), START + MINUTE);
    expect(await site.active()).toMatchObject([{ scope: { kind: 'Node', name: '10.0.0.7:9100' }, level: 1 }]);
  });
});
