/** The resources that may be asked for, with the versions that releases 1.20 to 1.36 serve them in, newest first. */
export interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly versions: readonly string[];
}
function resource(group: string, plural: string, ...versions: string[]): Resource {
  return { group, plural, versions };
}

export const PODS = resource('', 'pods', 'v1');
export const NODES = resource('', 'nodes', 'v1');
export const NAMESPACES = resource('', 'namespaces', 'v1');
export const SERVICES = resource('', 'services', 'v1');
export const ENDPOINTS = resource('', 'endpoints', 'v1');
export const EVENTS = resource('', 'events', 'v1');
export const PERSISTENT_VOLUMES = resource('', 'persistentvolumes', 'v1');
export const PERSISTENT_VOLUME_CLAIMS = resource('', 'persistentvolumeclaims', 'v1');
export const RESOURCE_QUOTAS = resource('', 'resourcequotas', 'v1');
export const LIMIT_RANGES = resource('', 'limitranges', 'v1');
export const SERVICE_ACCOUNTS = resource('', 'serviceaccounts', 'v1');
export const DEPLOYMENTS = resource('apps', 'deployments', 'v1');
export const STATEFUL_SETS = resource('apps', 'statefulsets', 'v1');
export const DAEMON_SETS = resource('apps', 'daemonsets', 'v1');
export const REPLICA_SETS = resource('apps', 'replicasets', 'v1');
export const JOBS = resource('batch', 'jobs', 'v1');
export const CRON_JOBS = resource('batch', 'cronjobs', 'v1', 'v1beta1');
export const HORIZONTAL_POD_AUTOSCALERS = resource('autoscaling', 'horizontalpodautoscalers', 'v2', 'v2beta2', 'v1');
export const POD_DISRUPTION_BUDGETS = resource('policy', 'poddisruptionbudgets', 'v1', 'v1beta1');
export const INGRESSES = resource('networking.k8s.io', 'ingresses', 'v1', 'v1beta1');
export const INGRESS_CLASSES = resource('networking.k8s.io', 'ingressclasses', 'v1', 'v1beta1');
export const NETWORK_POLICIES = resource('networking.k8s.io', 'networkpolicies', 'v1');
export const ENDPOINT_SLICES = resource('discovery.k8s.io', 'endpointslices', 'v1', 'v1beta1');
export const STORAGE_CLASSES = resource('storage.k8s.io', 'storageclasses', 'v1');
export const VOLUME_ATTACHMENTS = resource('storage.k8s.io', 'volumeattachments', 'v1');
export const CSI_NODES = resource('storage.k8s.io', 'csinodes', 'v1');
export const CSI_DRIVERS = resource('storage.k8s.io', 'csidrivers', 'v1');
export const LEASES = resource('coordination.k8s.io', 'leases', 'v1');
export const PRIORITY_CLASSES = resource('scheduling.k8s.io', 'priorityclasses', 'v1');
export const RUNTIME_CLASSES = resource('node.k8s.io', 'runtimeclasses', 'v1', 'v1beta1');
export const VALIDATING_WEBHOOKS = resource('admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'v1');
export const MUTATING_WEBHOOKS = resource('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'v1');
export const CUSTOM_RESOURCE_DEFINITIONS = resource('apiextensions.k8s.io', 'customresourcedefinitions', 'v1');
export const API_SERVICES = resource('apiregistration.k8s.io', 'apiservices', 'v1');
export const CERTIFICATE_SIGNING_REQUESTS = resource('certificates.k8s.io', 'certificatesigningrequests', 'v1');
export const ROLES = resource('rbac.authorization.k8s.io', 'roles', 'v1');
export const CLUSTER_ROLES = resource('rbac.authorization.k8s.io', 'clusterroles', 'v1');
export const ROLE_BINDINGS = resource('rbac.authorization.k8s.io', 'rolebindings', 'v1');
export const CLUSTER_ROLE_BINDINGS = resource('rbac.authorization.k8s.io', 'clusterrolebindings', 'v1');
export const NODE_METRICS = resource('metrics.k8s.io', 'nodes', 'v1', 'v1beta1');
export const CERT_MANAGER_CERTIFICATES = resource('cert-manager.io', 'certificates', 'v1');
export const GATEWAY_CLASSES = resource('gateway.networking.k8s.io', 'gatewayclasses', 'v1', 'v1beta1');
export const GATEWAYS = resource('gateway.networking.k8s.io', 'gateways', 'v1', 'v1beta1');
export const HTTP_ROUTES = resource('gateway.networking.k8s.io', 'httproutes', 'v1', 'v1beta1');
export const VOLUME_SNAPSHOTS = resource('snapshot.storage.k8s.io', 'volumesnapshots', 'v1', 'v1beta1');
export const VELERO_BACKUPS = resource('velero.io', 'backups', 'v1');
export const VELERO_SCHEDULES = resource('velero.io', 'schedules', 'v1');
export const VELERO_STORAGE_LOCATIONS = resource('velero.io', 'backupstoragelocations', 'v1');
export const METALLB_POOLS = resource('metallb.io', 'ipaddresspools', 'v1beta1');
export const METALLB_L2_ADVERTISEMENTS = resource('metallb.io', 'l2advertisements', 'v1beta1');
export const METALLB_BGP_ADVERTISEMENTS = resource('metallb.io', 'bgpadvertisements', 'v1beta1');
export const POD_METRICS = resource('metrics.k8s.io', 'pods', 'v1', 'v1beta1');

/** A gatherer's `needs` entry for listing a resource. */
export function listing({ group, plural }: Resource): { readonly api: string; readonly group: string; readonly verbs: readonly ['list'] } {
  return { api: plural, group, verbs: ['list'] };
}
/** One for listing a resource and following it from there. */
export function following({ group, plural }: Resource): { readonly api: string; readonly group: string; readonly verbs: readonly ['list', 'watch'] } {
  return { api: plural, group, verbs: ['list', 'watch'] };
}
