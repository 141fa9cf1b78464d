/** Rows of the reference list that no check answers, and why: said openly, so that nobody takes silence for health. */
import type { Text } from '../wire/vocabulary.ts';

interface NotBuilt {
  /** Ids of the reference list. */
  readonly rows: string;
  readonly why: Text;
}

const HISTORY: Text = { zh: '需要多次巡检的历史或较长时间窗，由收集端判断', en: 'Needs the history of several inspections or a long window: the collector judges it' };
const SEVERAL_NODES: Text = { zh: '需要比较多个节点的主机数据，由收集端判断', en: 'Compares the host data of several nodes: the collector judges it' };
const METRICS: Text = {
  zh: '需要 kubelet、etcd、CoreDNS 或 Prometheus 的监控指标，巡检不要求安装监控',
  en: 'Needs metrics of kubelet, etcd, CoreDNS or Prometheus; an inspection does not ask for a monitoring stack',
};
const PROBE: Text = { zh: '需要主动探测或压测，默认不对生产环境产生负载', en: 'Needs active probing or load, which an inspection does not put on production by default' };
const DENIED: Text = {
  zh: '需要读取 Secret、ConfigMap、Pod 日志或在节点上执行命令，按最小权限不具备',
  en: 'Needs Secrets, ConfigMaps, pod logs or commands on the node, which least privilege leaves out',
};
const SITE: Text = {
  zh: '取决于站点的约定（允许列表、标签规范、基线），没有可引用的通用阈值',
  en: 'Depends on what the site agreed on (allow-list, labels, baseline); there is no general threshold to cite',
};
const FEED: Text = { zh: '需要导入厂商公告或许可证数据', en: 'Needs imported advisories or licence data of the vendor' };

export const NOT_BUILT: readonly NotBuilt[] = [
  {
    rows: 'node.condition.ready-flapping, node.fs.space-predict, node.fs.inodes-predict, node.os.uptime-reset, cluster.capacity.forecast, cost.idle-node, pvc.usage-predict, events new-reason',
    why: HISTORY,
  },
  { rows: 'cp.apiserver.error-budget, res.usage-vs-request, res.usage-vs-limit, res.over-allocated, res.under-allocated, res.throttling, net.if.flapping over 2 m', why: HISTORY },
  {
    rows: 'node.sysctl.drift, node.kubelet.config-drift, node.file.baseline, node.time.timezone between nodes, node.hostname duplicates, cp.static-manifests.drift, node.service.selinux of the pool, net.mtu across nodes',
    why: SEVERAL_NODES,
  },
  {
    rows: 'node.kubelet.pleg, node.kubelet.pod-startup, node.kubelet.evictions, node.fs.image-dir, pod.ephemeral-storage, pvc.usage, pvc.inodes, pvc.stats-missing, cert.kubelet.renew-errors',
    why: METRICS,
  },
  {
    rows: 'etcd.member.down, etcd.quorum, etcd.leader, etcd.leader-changes, etcd.learner-stuck, etcd.fsync, etcd.commit, etcd.peer-rtt, etcd.grpc-slow, etcd.proposals-failed, etcd.db.growth, etcd.db.fragmentation, etcd.alarm, etcd.revision-skew, etcd.version',
    why: METRICS,
  },
  {
    rows: 'cp.cm.workqueue, dns.coredns.latency/errors/panic/reload-failed/forward, kube-proxy.sync-lag, cni.cilium, cni.calico, metallb.config, metallb.bgp, ing.5xx, addon.prometheus.*, addon.alertmanager.*, addon.target-down, addon.watchdog',
    why: METRICS,
  },
  {
    rows: 'node.disk.etcd-fsync-bench, os-disk-iops-low, net.node-mesh, net.apiserver-from-pod, net.egress, net.registry, dns.resolve.*, svc.tcp-connect, cert.endpoint, cp.apiserver.lb, cp.apiserver.instance, storage.nfs exports',
    why: PROBE,
  },
  {
    rows: 'etcd.backup.verify, node.disk.smart, node.iptables.modes, node.iptables.rule-count, node.log.kubelet-errors, sec.secret-in-configmap, wl.ref.missing for Secrets and ConfigMaps, wl.ref.unused, ing.tls-secret-missing, cert.tls-secret, helm.release-failed, pod.log-errors, dns.coredns.corefile, cfg.configmap-size',
    why: DENIED,
  },
  {
    rows: 'pod.image.registry, cfg.node-labels, pod.ports.named, pv.reclaim-delete-prod, quota.missing by tenant, node.account.unexpected, np.selector-empty, svc.nodeport-exposed by service',
    why: SITE,
  },
  {
    rows: 'os-security-advisory-open, os-bugfix-advisory-open, os-hotpatch-available, os-kernel-old-build, sec.image-vulns, license.dce, dce.component-version, addon.version-outdated',
    why: FEED,
  },
  {
    rows: 'sec.cis',
    why: { zh: '不重复实现 kube-bench；其中可由文件判断的项目见 kubelet、etcd 领域', en: 'kube-bench is not rebuilt; what files can answer is in the areas kubelet and etcd' },
  },
  { rows: 'wl.selector-empty', why: { zh: 'API Server 强制选择器与模板一致，不会出现', en: 'The API server enforces that selector and template agree: it cannot occur' } },
  {
    rows: 'node.gpu.health',
    why: {
      zh: '需要 GPU 厂商的驱动接口；内核日志中的 GPU 错误由 service-gpu-error 判断',
      en: "Needs the GPU vendor's driver interface; GPU errors in the kernel log are judged by service-gpu-error",
    },
  },
  {
    rows: 'gitops.app-unhealthy, istio/mesh.sidecar-mismatch, dce.cluster-status',
    why: { zh: '需要各产品自己的 CRD 或接口，尚未读取', en: 'Needs the CRDs or interface of each product, which are not read yet' },
  },
  { rows: 'a.11 mw.*', why: { zh: '中间件由单独的采集器巡检', en: 'Middleware is inspected by gatherers of its own' } },
];
