import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebNofileLow = defineCheck({
  id: 'tongweb-nofile-low',
  area: 'middleware',
  product: 'tongweb',
  group: 'platform',
  title: { zh: 'TongWeb 进程的文件句柄上限过低', en: 'TongWeb process with a low limit of open files' },
  why: { zh: '连接增多时报 too many open files，无法接受新请求。', en: 'As connections grow it fails with "too many open files" and takes no requests.' },
  remedy: {
    zh: '执行 `grep "open files" /proc/<pid>/limits` 查看运行中进程的值；在 limits.conf 或 systemd 单元中设为 65535 以上后重启。',
    en: 'Run `grep "open files" /proc/<pid>/limits` for the running process; set 65535 or more in limits.conf or the systemd unit and restart.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { minimumCount: 65_535 },
  source: 'TongWeb production guide: nofile 65535',

  evaluate({ middlewareTongweb: { rows } }, { minimumCount }) {
    return judgeInstances(rows, ({ openFilesLimit }) => told(openFilesLimit, (limit) => (limit < minimumCount ? [{ observed: limit, threshold: minimumCount }] : [])));
  },
});
