import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebNofileLow = defineCheck({
  id: 'tongweb-nofile-low',
  area: 'middleware',
  product: 'tongweb',
  group: 'platform',
  title: { zh: 'TongWeb 进程的文件句柄上限过低', en: 'Open file limit of TongWeb process too low' },
  why: { zh: '连接增多时报 too many open files，无法接受新请求。', en: 'As connections increase, it reports "too many open files" and cannot accept new requests.' },
  remedy: {
    zh: '执行 `grep "open files" /proc/<pid>/limits` 查看运行中进程的值；在 limits.conf 或 systemd 单元中设为 65535 以上后重启。',
    en: 'Run `grep "open files" /proc/<pid>/limits` to check the value for the running process; set it to 65535 or more in limits.conf or the systemd unit, then restart.',
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
