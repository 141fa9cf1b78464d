import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebNprocLow = defineCheck({
  id: 'tongweb-nproc-low',
  area: 'middleware',
  product: 'tongweb',
  group: 'platform',
  title: { zh: 'TongWeb 进程的线程数上限过低', en: 'Thread limit of TongWeb process too low' },
  why: { zh: '高峰时创建不了线程，请求失败，甚至报内存溢出。', en: 'At peak times threads cannot be created and requests fail, possibly even with "out of memory".' },
  remedy: {
    zh: '执行 `grep "processes" /proc/<pid>/limits` 查看；将 nproc 设为 65535，避免 unable to create native thread。',
    en: 'Run `grep "processes" /proc/<pid>/limits`; set nproc to 65535 to avoid "unable to create native thread".',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { minimumCount: 8_192 },
  source: 'KubeKey: nproc 65536; practice: 8192, because TongWeb rarely keeps thousands of threads, so it is advice',

  evaluate({ middlewareTongweb: { rows } }, { minimumCount }) {
    return judgeInstances(rows, ({ processesLimit }) => told(processesLimit, (limit) => (limit < minimumCount ? [{ observed: limit, threshold: minimumCount }] : [])));
  },
});
