import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const linkResolverLoopback = defineCheck({
  id: 'link-resolver-loopback',
  area: 'link',
  title: { zh: '域名服务器指向本机环回地址', en: 'Name server set to a loopback address' },
  why: {
    zh: 'Pod 继承该地址后会问到自己，集群 DNS 可能形成循环，解析失败。',
    en: 'Pods that inherit this address end up querying themselves, cluster DNS may loop, and name resolution fails.',
  },
  remedy: {
    zh: '执行 `cat /etc/resolv.conf` 与 `kubectl -n kube-system logs -l k8s-app=kube-dns | grep -i loop` 确认；让 kubelet 的 resolvConf 指向含真实上游的文件（systemd-resolved 为 /run/systemd/resolve/resolv.conf），否则 CoreDNS 会形成转发环路。',
    en: "Run `cat /etc/resolv.conf` and `kubectl -n kube-system logs -l k8s-app=kube-dns | grep -i loop` to confirm; point the kubelet's resolvConf at a file that lists the real upstream servers (/run/systemd/resolve/resolv.conf with systemd-resolved), otherwise CoreDNS forms a forwarding loop.",
  },
  severity: 'warning',
  setup: true,
  reads: ['resolver'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'CoreDNS plugin loop, section Troubleshooting Loops In Kubernetes Clusters',

  evaluate({ resolver }, { warningCount }) {
    // systemd-resolved keeps the real servers beside its stub, and kubeadm points the kubelet there.
    const isStub = (resolver.upstreamNameservers ?? 0) > 0;
    return isStub ? [] : above(resolver.loopbackNameservers, { warning: warningCount });
  },
});
