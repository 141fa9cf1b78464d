/** Section `clusterDns` from watches: its replicas come with the workloads. */
import { nameOf, textAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { labelOf } from '../objects/api-object.ts';
import { type DnsReplicas, dnsSection, isOfDns } from '../objects/cluster-dns.ts';
import { EndpointTally } from '../objects/service-endpoints.ts';
import { Held } from './held.ts';

interface HeldSlice {
  readonly service: string;
  readonly family: string;
  readonly ready: number;
}
/** Services of the DNS and ready endpoints of the namespace that it runs in: a handful of objects. */
export class WatchedDns {
  readonly services = new Held((service) => ({ name: nameOf(service), address: textAt(service, 'spec', 'clusterIP') ?? '', ofDns: isOfDns(service) }));
  readonly endpoints: Held<HeldSlice>;

  /** @param sliced whether the server has EndpointSlices; else Endpoints are given */
  constructor(sliced: boolean) {
    this.endpoints = new Held<HeldSlice>((object) => {
      const tally = new EndpointTally();
      if (sliced) tally.addSlice(object);
      else tally.addSubsetsOf(object);
      const service = sliced ? (labelOf(object, 'kubernetes.io/service-name') ?? '') : nameOf(object);
      return { service, family: textAt(object, 'addressType') ?? '', ready: tally.ready };
    });
  }
  /** @throws AbsentError when the cluster has no DNS of its own */
  section(replicas: DnsReplicas | undefined, nodes: number): Sections['clusterDns'] {
    let service: { readonly name: string; readonly address: string } | undefined;
    for (const candidate of this.services.values()) if (candidate.ofDns && (service === undefined || candidate.name === 'kube-dns')) service = candidate;
    const ready = new Map<string, number>();
    for (const slice of this.endpoints.values()) if (slice.service === service?.name) ready.set(slice.family, (ready.get(slice.family) ?? 0) + slice.ready);
    return dnsSection({ service, replicas, endpoints: Math.max(0, ...ready.values()), podNodes: 0, nodes });
  }
}
