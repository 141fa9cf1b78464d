import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioUpstreamUnmaintained = defineCheck({
  id: 'minio-upstream-unmaintained',
  area: 'middleware',
  product: 'minio',
  group: 'platform',
  title: { zh: 'MinIO 社区版已停止维护', en: 'MinIO community edition is no longer maintained' },
  why: { zh: '新发现的漏洞不会再有社区修复，需要规划替代或商业支持。', en: 'New vulnerabilities will get no community fixes; plan a replacement or commercial support.' },
  remedy: {
    zh: '核对 `minio --version` 与采购的版本；规划迁移到厂商构建或 SeaweedFS 等替代品，期间限制可访问的来源。',
    en: 'Compare `minio --version` with the edition purchased; plan a migration to a vendor build or an alternative such as SeaweedFS, and restrict access until then.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: { lastRelease: '2026-04-25' },
  source: 'github.com/minio/minio: source only since 2025-10, maintenance mode since 2025-12, archived 2026-04-25; what is dated later is the product of the vendor',

  evaluate({ middlewareMinio: { rows } }, { lastRelease }) {
    // A release is called by its date.
    return judgeInstances(rows, ({ version }) =>
      told(/^\d{4}-\d{2}-\d{2}/.exec(version ?? '')?.[0], (date) => (date <= lastRelease ? [{ observed: date, threshold: lastRelease }] : [])),
    );
  },
});
