/** The container runtime that the kubelet uses. */
import { bool, counter, oneOf, optional, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { CGROUP_DRIVERS } from './kubernetes-kubelet.ts';

export const RUNTIMES = ['containerd', 'docker', 'cri-o', 'isulad', 'other'] as const;
export const STORAGE_DRIVERS = ['overlay2', 'overlay', 'devicemapper', 'aufs', 'btrfs', 'zfs', 'vfs', 'fuse-overlayfs', 'containerd', 'other'] as const;

export const runtime = defineSection({
  id: 'runtime',
  domain: 'host',
  group: 'configuration',
  purpose: text('容器运行时的状况与部分配置', 'State of the container runtime and chosen settings'),
  fields: {
    kind: oneOf(text('运行时', 'Runtime'), RUNTIMES),
    dockershim: optional(bool(text('是否经由 kubelet 内置的 dockershim 使用 Docker', 'Whether Docker is used through the dockershim inside the kubelet'))),
    socketPresent: bool(text('套接字文件是否存在', 'Whether its socket exists')),
    answers: optional(bool(text('套接字是否应答', 'Whether its socket answers'))),
    version: optional(version(text('运行时自己报告的版本', 'Version that the runtime tells'))),
    configChangedAt: optional(timestamp(text('配置最近修改时间', 'Last change of its configuration'))),
    cgroupDriver: optional(oneOf(text('cgroup 驱动', 'Cgroup driver'), CGROUP_DRIVERS)),
    sandboxImageSet: optional(bool(text('是否指定了 pause 镜像', 'Whether the sandbox image is set'))),
    insecureRegistryCount: optional(counter(text('不校验证书的镜像仓库数', 'Registries whose certificate is not verified'))),
    logRotationSet: optional(bool(text('Docker 是否设置了日志轮转', 'Whether Docker rotates logs'))),
    liveRestore: optional(bool(text('Docker 是否启用 live-restore', 'Whether Docker keeps containers while it restarts'))),
    storageDriver: optional(oneOf(text('明确设置的 Docker 存储驱动', 'Storage driver of Docker, where set'), STORAGE_DRIVERS)),
  },
});
