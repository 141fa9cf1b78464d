/** Custom resources of widespread add-ons by their full names: a closed list, because in an open pattern people could write. */
const RESOURCES: Readonly<Record<string, string>> = {
  'crd.projectcalico.org':
    'bgpconfigurations bgpfilters bgppeers blockaffinities caliconodestatuses clusterinformations felixconfigurations globalnetworkpolicies globalnetworksets hostendpoints ipamblocks ipamconfigs ipamhandles ippools ipreservations kubecontrollersconfigurations networkpolicies networksets stagedglobalnetworkpolicies stagedkubernetesnetworkpolicies stagednetworkpolicies tiers',
  'cilium.io':
    'ciliumbgpadvertisements ciliumbgpclusterconfigs ciliumbgpnodeconfigs ciliumbgpnodeconfigoverrides ciliumbgppeerconfigs ciliumbgppeeringpolicies ciliumcidrgroups ciliumclusterwideenvoyconfigs ciliumclusterwidenetworkpolicies ciliumegressgatewaypolicies ciliumendpoints ciliumendpointslices ciliumenvoyconfigs ciliumexternalworkloads ciliumidentities ciliuml2announcementpolicies ciliumloadbalancerippools ciliumlocalredirectpolicies ciliumnetworkpolicies ciliumnodeconfigs ciliumnodes ciliumpodippools',
  'cert-manager.io': 'certificates certificaterequests clusterissuers issuers',
  'acme.cert-manager.io': 'challenges orders',
  'monitoring.coreos.com': 'alertmanagerconfigs alertmanagers podmonitors probes prometheusagents prometheuses prometheusrules scrapeconfigs servicemonitors thanosrulers',
  'metallb.io': 'addresspools bfdprofiles bgpadvertisements bgppeers communities configurationstates ipaddresspools l2advertisements servicebgpstatuses servicel2statuses',
  'gateway.networking.k8s.io': 'backendtlspolicies gatewayclasses gateways grpcroutes httproutes referencegrants tcproutes tlsroutes udproutes',
  'snapshot.storage.k8s.io': 'volumesnapshotclasses volumesnapshotcontents volumesnapshots',
  'velero.io':
    'backuprepositories backups backupstoragelocations datadownloads datauploads deletebackuprequests downloadrequests podvolumebackups podvolumerestores resticrepositories restores schedules serverstatusrequests volumesnapshotlocations',
  'longhorn.io':
    'backingimagedatasources backingimagemanagers backingimages backups backuptargets backupvolumes engineimages engines instancemanagers nodes orphans recurringjobs replicas settings sharemanagers snapshots supportbundles systembackups systemrestores volumeattachments volumes',
  'hwameistor.io':
    'clusters events localdiskactions localdiskclaims localdisknodes localdisks localdiskvolumes localstoragenodes localvolumeconverts localvolumeexpands localvolumegroups localvolumemigrates localvolumereplicas localvolumereplicasnapshots localvolumes localvolumesnapshots resizepolicies',
  'kubean.io': 'clusteroperations clusters localartifactsets manifests',
  'networking.istio.io': 'destinationrules envoyfilters gateways proxyconfigs serviceentries sidecars virtualservices workloadentries workloadgroups',
  'security.istio.io': 'authorizationpolicies peerauthentications requestauthentications',
  'argoproj.io':
    'analysisruns analysistemplates applications applicationsets appprojects clusteranalysistemplates clusterworkflowtemplates cronworkflows experiments rollouts workflows workflowtemplates',
};

export const WELL_KNOWN_CRDS: readonly string[] = Object.entries(RESOURCES).flatMap(([group, plurals]) => plurals.split(' ').map((plural) => `${plural}.${group}`));
