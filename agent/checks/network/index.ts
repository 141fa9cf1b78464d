import type { Check } from '../check.ts';
import { cniAgentUncovered } from './cni-agent-uncovered.ts';
import { cniAgentUnready } from './cni-agent-unready.ts';
import { cniControllerUnready } from './cni-controller-unready.ts';
import { dashboardExposed } from './dashboard-exposed.ts';
import { dataStoreExposed } from './data-store-exposed.ts';
import { dnsDown } from './dns-down.ts';
import { dnsEndpointsMissing } from './dns-endpoints-missing.ts';
import { dnsLocalCacheUnready } from './dns-local-cache-unready.ts';
import { dnsNotSpread } from './dns-not-spread.ts';
import { dnsReplicasFew } from './dns-replicas-few.ts';
import { dnsReplicasUnready } from './dns-replicas-unready.ts';
import { dnsServiceMissing } from './dns-service-missing.ts';
import { externalNameAddress } from './external-name-address.ts';
import { externalNameTargetMissing } from './external-name-target-missing.ts';
import { gatewayClassUnaccepted } from './gateway-class-unaccepted.ts';
import { gatewayUnready } from './gateway-unready.ts';
import { ingressAddressMissing } from './ingress-address-missing.ts';
import { ingressBackendMissing } from './ingress-backend-missing.ts';
import { ingressClassMissing } from './ingress-class-missing.ts';
import { ingressDefaultClassesSeveral } from './ingress-default-classes-several.ts';
import { ingressPathDuplicate } from './ingress-path-duplicate.ts';
import { ingressPortMissing } from './ingress-port-missing.ts';
import { ingressRewriteWithoutCapture } from './ingress-rewrite-without-capture.ts';
import { ingressSnippetUsed } from './ingress-snippet-used.ts';
import { ingressTlsMissing } from './ingress-tls-missing.ts';
import { ingressTlsSecretUnnamed } from './ingress-tls-secret-unnamed.ts';
import { kubeProxyUnready } from './kube-proxy-unready.ts';
import { loadBalancerAdvertisementMissing } from './load-balancer-advertisement-missing.ts';
import { loadBalancerComponentUnready } from './load-balancer-component-unready.ts';
import { loadBalancerPending } from './load-balancer-pending.ts';
import { loadBalancerPoolNearlyUsed } from './load-balancer-pool-nearly-used.ts';
import { multusUnready } from './multus-unready.ts';
import { nodePortRangeNearlyUsed } from './node-port-range-nearly-used.ts';
import { nodePortsExposed } from './node-ports-exposed.ts';
import { routeUnaccepted } from './route-unaccepted.ts';
import { serviceEndpointsMissing } from './service-endpoints-missing.ts';
import { serviceExternalIpsUsed } from './service-external-ips-used.ts';
import { servicePortUnmatched } from './service-port-unmatched.ts';
import { serviceSelectorMissing } from './service-selector-missing.ts';
import { servicesSingleEndpoint } from './services-single-endpoint.ts';
import { spiderpoolUnready } from './spiderpool-unready.ts';

export const NETWORK_CHECKS: readonly Check[] = [
  cniAgentUncovered,
  cniAgentUnready,
  cniControllerUnready,
  dashboardExposed,
  dataStoreExposed,
  dnsDown,
  dnsEndpointsMissing,
  dnsLocalCacheUnready,
  dnsNotSpread,
  dnsReplicasFew,
  dnsReplicasUnready,
  dnsServiceMissing,
  externalNameAddress,
  externalNameTargetMissing,
  gatewayClassUnaccepted,
  gatewayUnready,
  ingressAddressMissing,
  ingressBackendMissing,
  ingressClassMissing,
  ingressDefaultClassesSeveral,
  ingressPathDuplicate,
  ingressPortMissing,
  ingressRewriteWithoutCapture,
  ingressSnippetUsed,
  ingressTlsMissing,
  ingressTlsSecretUnnamed,
  kubeProxyUnready,
  loadBalancerAdvertisementMissing,
  loadBalancerComponentUnready,
  loadBalancerPending,
  loadBalancerPoolNearlyUsed,
  multusUnready,
  nodePortRangeNearlyUsed,
  nodePortsExposed,
  routeUnaccepted,
  serviceEndpointsMissing,
  serviceExternalIpsUsed,
  servicePortUnmatched,
  serviceSelectorMissing,
  servicesSingleEndpoint,
  spiderpoolUnready,
];
