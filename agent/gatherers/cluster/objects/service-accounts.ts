import { boolAt, listAt, nameOf, namespaceOf } from '../../../kube/read.ts';
import { listing, SERVICE_ACCOUNTS } from '../../../kube/resources.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';

export const serviceAccounts = clusterGatherer({
  section: 'serviceAccounts',
  needs: [listing(SERVICE_ACCOUNTS)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const counts = { total: 0, tenant: 0, tenantWithSecrets: 0, tenantDefaults: 0, tenantDefaultsAutomounted: 0 };
    for await (const item of cluster.list(SERVICE_ACCOUNTS, signal)) {
      counts.total += 1;
      if (isSystemNamespace(namespaceOf(item))) continue;
      counts.tenant += 1;
      if (listAt(item, 'secrets').length > 0) counts.tenantWithSecrets += 1;
      if (nameOf(item) !== 'default') continue;
      counts.tenantDefaults += 1;
      if (boolAt(item, 'automountServiceAccountToken') !== false) counts.tenantDefaultsAutomounted += 1;
    }
    return counts;
  },
});
