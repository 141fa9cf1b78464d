import { defineCheck } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const runtimeDocker = defineCheck({
  id: 'node-runtime-docker',
  area: 'node',
  title: { zh: '节点仍使用 Docker 作为容器运行时', en: 'Docker still in use as the container runtime' },
  why: { zh: 'Kubernetes 1.24 起不再直接支持，集群升级会被卡住。', en: 'Since version 1.24, Kubernetes no longer supports Docker directly, so cluster upgrades are blocked.' },
  remedy: {
    zh: '执行 `kubectl get nodes -o wide` 查看容器运行时；Kubernetes 1.24 起不再内置 dockershim，请逐个驱逐节点并迁移到 containerd。',
    en: 'Run `kubectl get nodes -o wide` to check the runtimes; dockershim is no longer included from Kubernetes 1.24 onwards, so drain the nodes one by one and migrate them to containerd.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'value',
  threshold: { removedInMinors: 24 },
  source: 'Kubernetes 1.24 removal of dockershim; with it a separate cri-dockerd must be maintained',

  evaluate({ nodes }, { removedInMinors }) {
    return nodes.rows
      .filter(({ runtime }) => runtime === 'docker')
      .map(({ name, runtimeVersion, kubeletMinor }) => ({
        scope: nodeScope(name),
        observed: runtimeVersion,
        severity: kubeletMinor !== undefined && kubeletMinor >= removedInMinors ? 'warning' : undefined,
      }));
  },
});
