/** Sections about a Kubernetes node, read from its files and processes: certificates, components and their limits. */
import { bool, counter, gauge, list, name, oneOf, optional, percent, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { etcdFlags, etcdHost } from './kubernetes-etcd.ts';
import { apiserverFlags, controllerManagerFlags, schedulerFlags, staticPods } from './kubernetes-flags.ts';
import { kubelet } from './kubernetes-kubelet.ts';
import { runtime } from './kubernetes-runtime.ts';

/** Where a certificate lies. */
export const CERTIFICATE_STORES = ['kubernetes', 'etcd', 'kubelet', 'kubeconfig', 'k3s', 'rke2'] as const;
export const KEY_TYPES = ['rsa', 'ec', 'ed25519', 'ed448', 'dsa', 'other'] as const;
export const SIGNATURE_HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sm3', 'intrinsic', 'other'] as const;
/** Processes whose limits are looked at. */
export const COMPONENTS = [
  'kubelet',
  'containerd',
  'dockerd',
  'cri-dockerd',
  'crio',
  'isulad',
  'k3s',
  'rke2',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'java',
  'nginx',
  'mysqld',
  'redis-server',
] as const;
export type Component = (typeof COMPONENTS)[number];
/** Answer of a health endpoint. */
export const HEALTH = ['ok', 'failed', 'unreachable'] as const;
export const PROXY_MODES = ['iptables', 'ipvs', 'nftables', 'userspace', 'kernelspace', 'other'] as const;

export const certificates = defineSection({
  id: 'certificates',
  domain: 'host',
  group: 'certificates',
  purpose: text(
    '节点上各组件证书的有效期与强度（不含主体、签发者与域名，从不读取私钥文件）',
    'Validity and strength of the certificates of components on the node; no subject, issuer or host name, and key files are never opened',
  ),
  fields: {
    total: counter(text('找到的证书数', 'Certificates found')),
    dropped: counter(text('因数量上限或无法读取而未列出的证书数', 'Certificates that are not listed: over the limit, or unreadable')),
    unreadable: counter(text('无法读取或解析的文件数', 'Files that could not be read or parsed')),
    certificates: list(text('证书', 'Certificates'), 300, {
      name: name(text('证书的逻辑名（如 apiserver）或所在目录下的相对路径', 'Logical name, such as apiserver, or path below its folder'), 'certificate'),
      store: oneOf(text('所在位置', 'Where it lies'), CERTIFICATE_STORES),
      notBefore: timestamp(text('生效时间', 'Valid from')),
      notAfter: timestamp(text('到期时间', 'Valid until')),
      isCa: bool(text('是否为 CA 证书', 'Whether it is a CA')),
      isServer: bool(text('是否用于服务端', 'Whether it is for servers')),
      selfSigned: bool(text('是否自签名', 'Whether it signed itself')),
      hasSubjectAltName: bool(text('是否有主体备用名称（SAN）', 'Whether it has a subject alternative name')),
      keyType: oneOf(text('密钥类型', 'Kind of key'), KEY_TYPES),
      keyBits: optional(gauge(text('密钥长度', 'Length of the key'), 'bits', { max: 65_536 })),
      signatureHash: oneOf(text('签名摘要算法（intrinsic 表示算法自带）', 'Digest of the signature; intrinsic means that the algorithm brings its own'), SIGNATURE_HASHES),
    }),
  },
});

export const componentLimits = defineSection({
  id: 'componentLimits',
  domain: 'host',
  group: 'usage',
  purpose: text('关键组件进程的资源限制与占用', 'Limits and use of the processes of key components'),
  fields: {
    total: counter(text('找到的进程数', 'Processes found')),
    dropped: counter(text('未列出的进程数', 'Processes that are not listed')),
    processes: list(text('进程', 'Processes'), 64, {
      component: oneOf(text('组件', 'Component'), COMPONENTS),
      nofileSoft: optional(counter(text('打开文件数软限制', 'Soft limit of open files'))),
      nofileHard: optional(counter(text('打开文件数硬限制', 'Hard limit of open files'))),
      nprocSoft: optional(counter(text('进程数软限制', 'Soft limit of processes'))),
      openFiles: optional(counter(text('已打开文件数', 'Open files'))),
      openFilesPercent: optional(percent(text('已打开文件数占软限制的比例', 'Open files as a share of the soft limit'))),
      oomScoreAdj: optional(gauge(text('OOM 调整值', 'OOM score adjustment'), 'value', { min: -1_000, max: 1_000 })),
      rssBytes: optional(counter(text('常驻内存', 'Resident memory'), 'bytes')),
      startedAt: optional(timestamp(text('启动时间', 'Start of the process'))),
    }),
  },
});

export const kubeProxy = defineSection({
  id: 'kubeProxy',
  domain: 'host',
  group: 'configuration',
  purpose: text('kube-proxy 的健康状况与模式', 'Health and mode of kube-proxy'),
  fields: {
    health: optional(oneOf(text('健康检查结果', 'Answer of its health endpoint'), HEALTH)),
    mode: optional(oneOf(text('代理模式', 'Mode of proxying'), PROXY_MODES)),
    startedAt: optional(timestamp(text('启动时间', 'Start of the process'))),
  },
});

export const HOST_KUBERNETES_SECTIONS = {
  certificates,
  kubelet,
  componentLimits,
  runtime,
  staticPods,
  apiserverFlags,
  controllerManagerFlags,
  schedulerFlags,
  etcdFlags,
  etcdHost,
  kubeProxy,
} as const;
