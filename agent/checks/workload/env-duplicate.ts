import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const envDuplicate = defineCheck({
  id: 'workload-env-duplicate',
  area: 'workload',
  title: { zh: '环境变量重复定义', en: 'Environment variables defined more than once' },
  why: { zh: '后定义的覆盖先定义的，实际生效的值可能不是维护者以为的那个。', en: 'The later definition wins, so the effective value may not be the one maintainers expect.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> set env deployment/<名称> --list` 找出重复项；后者生效，删除多余的定义。',
    en: 'Run `kubectl -n <namespace> set env deployment/<name> --list` to find the duplicates; the last one takes effect, so remove the others.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'practice: server-side apply merges such lists by name and drops entries silently',

  evaluate(sections) {
    return inTemplates(sections, ({ duplicateEnv }) => duplicateEnv);
  },
});
