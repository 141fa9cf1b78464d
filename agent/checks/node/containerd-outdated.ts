import { defineCheck, notApplicable, unknown, type Violation } from '../check.ts';
import { isOlder, majorMinor, nodeScope } from '../node-rows.ts';

export const containerdOutdated = defineCheck({
  id: 'node-containerd-outdated',
  area: 'node',
  title: { zh: 'containerd 版本过旧', en: 'Outdated containerd version' },
  why: { zh: '运行时的漏洞不再修复，容器逃逸等问题会一直存在。', en: 'Vulnerabilities in the runtime, including container escapes, are no longer fixed.' },
  remedy: {
    zh: '在节点上执行 `containerd --version` 核对版本；逐个驱逐节点后升级到仍在维护的版本，先在测试环境验证配置文件的迁移。',
    en: 'Run `containerd --version` on the node to check the version; drain the nodes one by one and upgrade to a maintained version, after testing the configuration migration in a test environment.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'value',
  threshold: { oldest: '1.7', oldestFrom36: '2.0' },
  source: 'containerd RELEASES.md: 1.6 ended 2025-08; Kubernetes 1.35 is the last release that supports containerd 1.x',

  evaluate({ nodes }, { oldest, oldestFrom36 }) {
    const own = nodes.rows.filter(({ runtime }) => runtime === 'containerd');
    if (own.length === 0) return notApplicable('not-in-use');
    const told = own.flatMap((row) => {
      const version = majorMinor(row.runtimeVersion);
      return version ? [{ row, version }] : [];
    });
    const late = told.flatMap(({ row, version }): readonly Violation[] => {
      const isBeyond = (row.kubeletMinor ?? 0) >= 36;
      const limit = isBeyond ? oldestFrom36 : oldest;
      return isOlder(version, majorMinor(limit) ?? [0, 0])
        ? [{ scope: nodeScope(row.name), observed: row.runtimeVersion, threshold: limit, severity: isBeyond ? 'warning' : undefined }]
        : [];
    });
    return late.length === 0 && told.length < own.length ? unknown('not-reported') : late;
  },
});
