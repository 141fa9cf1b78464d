/**
 * Checks about how something was set up, of areas that look at faults too: nothing fails yet, and what they find is advice (the
 * policies' levels for operation, use and configuration), not a fault on a response clock. Whatever is exhausted, down, expiring or
 * losing data is not here. A policy or a contract that names one of them in its mapping gives it that level all the same.
 */
const IDS = `
host-huge-pages-idle host-swap-enabled host-uptime-long
disk-mount-unmeasured disk-network-mount-soft disk-node-data-on-root disk-node-storage-small disk-write-barrier-off
link-bond-lacp-mismatch link-bond-single-slave link-bond-unmonitored link-conntrack-buckets-crowded link-mtu-mixed link-receive-budget-short
link-resolver-loopback link-resolver-nameservers-many link-resolver-ndots-high link-resolver-search-many link-tunnel-mtu-high
service-account-files-writable service-account-without-password service-extra-root-account service-firewall-active service-journald-not-persistent
service-journald-unbounded service-legacy-remote-service service-log-retention-short service-password-expiry-long service-selinux-inconsistent
service-ssh-empty-passwords service-ssh-root-login service-time-services-conflicting service-time-source-single service-time-stratum-high

kubelet-anonymous-auth-on kubelet-apiserver-always-admit-on kubelet-apiserver-audit-retention-short kubelet-apiserver-authorization-open
kubelet-apiserver-insecure-port-open kubelet-apiserver-kubelet-unverified kubelet-apiserver-static-credentials kubelet-authorization-always-allow
kubelet-cgroup-driver-mismatch kubelet-component-oom-unprotected kubelet-controller-shared-credentials kubelet-dockershim-in-use
kubelet-eviction-incomplete kubelet-image-gc-late kubelet-insecure-registries kubelet-kernel-defaults-unprotected kubelet-max-pods-high
kubelet-read-only-port-open kubelet-restart-pending
certificate-key-weak certificate-kubelet-rotation-off certificate-kubelet-server-self-signed certificate-signature-weak
etcd-auto-tls-on etcd-client-auth-off etcd-client-url-plain etcd-compaction-off etcd-corruption-check-off etcd-data-dir-open
etcd-data-disk-rotational etcd-data-disk-shared etcd-election-timeout-short etcd-members-even etcd-peer-auth-off etcd-peer-url-plain
etcd-quota-out-of-range etcd-quota-unset etcd-server-anonymous etcd-server-members-even etcd-snapshot-count-high
control-plane-aggregated-api-insecure control-plane-audit-off control-plane-crd-version-stale control-plane-dce-support-ending
control-plane-deprecated-api-in-use control-plane-node-single control-plane-nodes-even control-plane-nodes-same-zone control-plane-nodes-small
control-plane-tenant-pods control-plane-version-end-of-life control-plane-version-ending control-plane-webhook-scope-broad
control-plane-webhook-timeout-long
node-architecture-mixed node-containerd-outdated node-cordoned-long node-kernel-mixed node-kernel-outdated node-kubelet-ahead node-kubelet-behind
node-os-ended node-os-mixed node-os-unlisted node-runtime-docker node-runtime-mixed node-single-zone node-tainted node-worker-single
node-zone-unlabelled

workload-cronjob-history-large workload-cronjob-overlapping workload-hpa-fixed workload-hpa-mismatch workload-liveness-probe-slow workload-namespace-empty
workload-old-replicasets-piling workload-pdb-above-autoscaler-minimum workload-pdb-blocks-drain workload-pdb-overlapping workload-pdb-unmatched
workload-scaled-to-zero workload-single-replica workload-termination-grace-zero pod-naked
capacity-cpu-limits-high capacity-memory-limits-high
network-dns-not-spread network-external-name-address network-ingress-default-classes-several network-ingress-rewrite-without-capture
network-ingress-snippet-used network-ingress-tls-secret-unnamed network-service-external-ips-used network-services-single-endpoint
storage-class-defaults-several storage-class-in-tree storage-class-local-binds-early storage-class-not-expandable storage-volume-host-path
storage-volume-reclaim-recycle
addon-ingress-controller-single addon-ingress-nginx-retired

middleware-config-drift middleware-known-vulnerability middleware-members-colocated middleware-members-differ middleware-rights-missing
middleware-restore-untested middleware-version-eol
elasticsearch-descriptors-low elasticsearch-heap-oversized elasticsearch-masters-few elasticsearch-memory-unlocked elasticsearch-replicas-none
elasticsearch-security-off elasticsearch-shard-large elasticsearch-shards-many elasticsearch-snapshot-missing elasticsearch-tls-off
minio-default-password minio-metrics-open minio-redundancy-none minio-tls-off minio-tolerance-none minio-upstream-unmaintained
mongodb-arbiters-many mongodb-auth-off mongodb-binds-all mongodb-cache-oversized mongodb-compatibility-behind mongodb-journal-off mongodb-members-few
mongodb-oplog-short mongodb-tls-off mongodb-votes-even mongodb-write-concern-weak
kafka-authorizer-off kafka-auto-create-topics kafka-default-replication-low kafka-internal-replication-low kafka-plain-listener kafka-quorum-voters-few
kafka-retention-unlimited kafka-topic-min-isr-weak kafka-topic-single-replica kafka-unclean-election kafka-zookeeper-mode
mysql-binlog-off mysql-binlog-statement mysql-binlog-unlimited mysql-charset-narrow mysql-durability-relaxed mysql-group-few mysql-gtid-off
mysql-default-password mysql-local-infile-on mysql-myisam-used mysql-password-missing mysql-primary-key-missing mysql-replica-writable mysql-slow-log-off
nacos-auth-off nacos-database-embedded nacos-default-password nacos-identity-published nacos-members-few nacos-metrics-off nacos-secret-key-published
nacos-user-agent-trusted nacos-versions-mixed
nginx-access-log-off nginx-body-unlimited nginx-descriptors-low nginx-listing-on nginx-protocol-old nginx-runs-as-root nginx-status-open
nginx-tokens-shown nginx-upstream-single nginx-upstream-unverified
postgresql-archive-off postgresql-autovacuum-off postgresql-fsync-off postgresql-full-page-writes-off postgresql-password-md5
postgresql-default-password postgresql-restart-pending postgresql-trust-remote
rabbitmq-default-password rabbitmq-disk-limit-low rabbitmq-mirrored-classic rabbitmq-nodes-even rabbitmq-queue-unreplicated
redis-auth-off redis-maxmemory-unset redis-min-replicas-unset redis-persistence-off redis-sentinel-few
rocketmq-access-open rocketmq-auto-create-groups rocketmq-auto-create-topics rocketmq-durability-relaxed rocketmq-name-server-single
rocketmq-name-servers-differ
ths-api-open ths-old-tls ths-server-tokens-on
tomcat-access-log-off tomcat-ajp-open tomcat-autodeploy-enabled tomcat-nofile-low tomcat-runs-as-root tomcat-shutdown-port-open
tongrds-auth-off tongrds-sentinel-few
tongweb-access-log-off tongweb-alert-policy-off tongweb-autodeploy-enabled tongweb-baseline-mandatory-failed tongweb-config-protection-off
tongweb-console-plain-http tongweb-console-trusted-ip-any tongweb-datasource-abandoned-off tongweb-datasource-oversized
tongweb-datasource-validation-off tongweb-datasource-wait-long tongweb-embedded-license-path tongweb-gclog-disabled tongweb-heap-exceeds-memory tongweb-heap-too-small
tongweb-heap-unequal tongweb-heapdump-disabled tongweb-hotdeploy-enabled tongweb-jmx-open tongweb-jsp-development tongweb-known-rce-version
tongweb-known-smuggling-version tongweb-license-trial tongweb-listener-max-threads-odd tongweb-listener-spare-threads-low
tongweb-log-rotation-missing tongweb-metaspace-unset tongweb-nofile-low tongweb-nproc-low tongweb-runs-as-root tongweb-snapshot-trigger-low
zookeeper-clients-unlimited zookeeper-members-even
`;

export const SETUP_CHECKS: ReadonlySet<string> = new Set(IDS.split(/\s+/).filter((id) => id !== ''));
