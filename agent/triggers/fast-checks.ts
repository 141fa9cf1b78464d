/**
 * The checks that open incidents: they run every minute. Every critical check whose sections cost little, and the warnings
 * that somebody should hear of before the daily inspection. All other checks still open incidents, from the daily inspection.
 * A new fast check is one line here; its sections must be in the fast path of its role (a test says so).
 */
export interface FastCheck {
  /** Beyond what the check itself waits for: loads that a batch job or a backup may cause for a while. */
  readonly forSeconds?: number;
  /**
   * On which side of its threshold the trouble stands. Its end is then asked with thresholds a tenth away ({@link CLEAR_MARGIN}),
   * so that a value that swings around the limit does not open and close it.
   */
  readonly beyond?: 'above' | 'below';
}

/** Share of a threshold by which a value must come back before it is over: fires at 90 %, clears at 81 %. */
export const CLEAR_MARGIN = 0.1;

const NOW: FastCheck = {};
const ABOVE: FastCheck = { beyond: 'above' };
const BELOW: FastCheck = { beyond: 'below' };
/** node-mixin's `for` of its saturation rules is 15 minutes; 10 here, as Alibaba's host templates have it. */
const LOAD: FastCheck = { beyond: 'above', forSeconds: 600 };
/** Rates that one burst may cause. */
const RATE: FastCheck = { beyond: 'above', forSeconds: 300 };

export const FAST_CHECKS: Readonly<Record<string, FastCheck | undefined>> = {
  // machine
  'host-cpu-high': LOAD,
  'host-cpu-iowait-high': LOAD,
  'host-cpu-steal-high': LOAD,
  'host-load-high': LOAD,
  'host-io-pressure-high': LOAD,
  'host-memory-pressure-high': LOAD,
  'host-memory-high': RATE,
  'host-memory-near-eviction': BELOW,
  'host-memory-corrupted': NOW,
  'host-oom-kill': NOW,
  'host-swap-traffic-high': LOAD,
  'host-fd-usage-high': ABOVE,
  'host-pid-usage-high': ABOVE,
  'host-threads-usage-high': ABOVE,
  'host-uninterruptible-many': RATE,
  // disks and file systems
  'disk-space-low': BELOW,
  'disk-inodes-low': ABOVE,
  'disk-boot-space-low': BELOW,
  'disk-memory-file-system-full': ABOVE,
  'disk-pod-volume-full': BELOW,
  'disk-file-system-read-only': NOW,
  'disk-file-system-errors': NOW,
  'disk-mount-hung': NOW,
  'disk-mount-missing': NOW,
  'disk-offline': NOW,
  'disk-device-read-only': NOW,
  'disk-raid-degraded': NOW,
  'disk-raid-inactive': NOW,
  'disk-raid-disk-failed': NOW,
  'disk-read-latency-high': LOAD,
  'disk-write-latency-high': LOAD,
  'disk-temperature-high': RATE,
  // network of the machine
  'link-down': NOW,
  'link-bond-degraded': NOW,
  'link-saturated': LOAD,
  'link-errors': RATE,
  'link-conntrack-usage-high': ABOVE,
  'link-conntrack-drops': RATE,
  'link-neighbour-table-full': NOW,
  'link-neighbour-table-high': ABOVE,
  'link-ephemeral-ports-high': ABOVE,
  'link-tcp-memory-high': ABOVE,
  'link-listen-overflows': RATE,
  'link-resolver-nameserver-missing': NOW,
  // services, kernel and time
  'service-unit-failed': NOW,
  'service-unit-restart-loop': NOW,
  'service-time-unsynchronised': { forSeconds: 300 },
  'service-time-offset-high': RATE,
  'service-time-sources-unreachable': { forSeconds: 900 },
  'service-fan-failed': NOW,
  'service-memory-ecc-errors': NOW,
  'service-temperature-high': RATE,
  'service-btrfs-error': NOW,
  'service-conntrack-full': NOW,
  'service-disk-bad-block': NOW,
  'service-disk-io-error': NOW,
  'service-ext4-error': NOW,
  'service-file-table-full': NOW,
  'service-gpu-error': NOW,
  'service-hard-lockup': NOW,
  'service-hardware-error': NOW,
  'service-kernel-oops': NOW,
  'service-memory-error-uncorrected': NOW,
  'service-multipath-path-failed': NOW,
  'service-nfs-not-responding': NOW,
  'service-oom-kill': NOW,
  'service-remounted-read-only': NOW,
  'service-runtime-hung': NOW,
  'service-soft-lockup': NOW,
  'service-task-hung': NOW,
  'service-xfs-corruption': NOW,
  'service-xfs-shutdown': NOW,
  // node components
  'kubelet-not-running': NOW,
  'kubelet-unhealthy': NOW,
  'kubelet-runtime-silent': NOW,
  'kubelet-kube-proxy-unhealthy': NOW,
  'kubelet-component-files-exhausted': ABOVE,
  'etcd-db-near-quota': ABOVE,
  'etcd-backup-stale': NOW,
  'certificate-expired': NOW,
  'certificate-expiring': NOW,
  'certificate-ca-expiring': NOW,
  'certificate-kubelet-expiring': NOW,
  'certificate-not-yet-valid': NOW,
  // control plane
  'control-plane-api-unreachable': NOW,
  'control-plane-api-not-live': NOW,
  'control-plane-api-not-ready': NOW,
  'control-plane-api-clock-off': ABOVE,
  'control-plane-api-slow': RATE,
  'control-plane-api-service-unavailable': { forSeconds: 300 },
  'control-plane-controller-manager-lease-stale': NOW,
  'control-plane-scheduler-lease-stale': NOW,
  // nodes of the cluster
  'node-not-ready': NOW,
  'node-unreachable': NOW,
  'node-disk-pressure': NOW,
  'node-memory-pressure': NOW,
  'node-pid-pressure': NOW,
  'node-network-unavailable': NOW,
  'node-problem-reported': NOW,
  // workloads and pods
  'workload-replicas-unavailable': NOW,
  'workload-rollout-stuck': NOW,
  'workload-daemonset-unavailable': NOW,
  'workload-daemonset-rollout-stuck': NOW,
  'pod-crash-loop': NOW,
  'pod-create-failing': NOW,
  'pod-creating-stuck': NOW,
  'pod-image-pull-failing': NOW,
  'pod-init-stuck': NOW,
  'pod-killed-repeatedly': NOW,
  'pod-not-ready': NOW,
  'pod-oom-killed': NOW,
  'pod-phase-unknown': NOW,
  'pod-restarting-often': NOW,
  'pod-static-not-ready': NOW,
  'pod-terminating-stuck': NOW,
  'pod-unschedulable': NOW,
  // storage
  'storage-claim-lost': NOW,
  'storage-claim-pending': NOW,
  'storage-claim-resize-failed': NOW,
  'storage-volume-failed': NOW,
  'storage-volume-pending': NOW,
  // network and add-ons of the cluster
  'network-dns-down': NOW,
  'network-dns-endpoints-missing': NOW,
  'network-dns-replicas-unready': { forSeconds: 300 },
  'network-dns-service-missing': NOW,
  'network-cni-agent-unready': { forSeconds: 120 },
  'network-cni-controller-unready': { forSeconds: 300 },
  'network-kube-proxy-unready': { forSeconds: 120 },
  'network-spiderpool-unready': { forSeconds: 120 },
  'network-load-balancer-component-unready': { forSeconds: 300 },
  'storage-csi-node-unready': { forSeconds: 120 },
  'storage-csi-controller-unready': { forSeconds: 300 },
  'addon-platform-module-unready': { forSeconds: 300 },
  'addon-ingress-controller-unready': { forSeconds: 300 },
  'addon-mesh-control-plane-unready': { forSeconds: 300 },
  'addon-insight-agent-unready': { forSeconds: 300 },
  'addon-prometheus-unready': { forSeconds: 300 },
  'addon-alertmanager-unready': { forSeconds: 300 },
};
