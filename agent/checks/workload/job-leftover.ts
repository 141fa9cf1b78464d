import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const jobLeftover = defineCheck({
  id: 'workload-job-leftover',
  area: 'workload',
  title: { zh: '已结束的任务大量遗留', en: 'Large number of leftover finished Jobs' },
  why: { zh: '结束的任务和 Pod 占着 etcd 与列表，集群操作越来越慢。', en: 'Finished Jobs and pods fill up etcd and list output, and cluster operations slow down.' },
  remedy: {
    zh: '执行 `kubectl get jobs -A` 查看；设置 ttlSecondsAfterFinished 后由系统自动清理，并删除旧任务。',
    en: 'Run `kubectl get jobs -A` to list them; set ttlSecondsAfterFinished so that they are cleaned up automatically, and delete the old ones.',
  },
  severity: 'info',
  reads: ['jobs'],
  unit: 'count',
  threshold: { leftoverCount: 100 },
  source: 'practice: without a TTL finished Jobs and their pods stay for ever; a hundred is more than anybody reads',

  evaluate({ jobs }, { leftoverCount }) {
    return above(jobs.leftover, { info: leftoverCount });
  },
});
