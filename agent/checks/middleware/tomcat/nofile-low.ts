import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tomcatNofileLow = defineCheck({
  id: 'tomcat-nofile-low',
  area: 'middleware',
  product: 'tomcat',
  group: 'platform',
  title: { zh: 'Tomcat 进程的文件句柄上限过低', en: 'Open file limit of Tomcat process too low' },
  why: { zh: '连接增多时报 too many open files，无法接受新请求。', en: 'As connections increase, it reports "too many open files" and cannot accept new requests.' },
  remedy: {
    zh: '执行 `grep "open files" /proc/<pid>/limits` 查看；在 systemd 单元中设置 LimitNOFILE=65535。',
    en: 'Run `grep "open files" /proc/<pid>/limits`; set LimitNOFILE=65535 in the systemd unit.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTomcat'],
  unit: 'count',
  threshold: { minimumCount: 65_535 },
  source: 'TongTech 快速使用手册 for TongWeb (nofile 65535), as for Tomcat: a file and a socket for each connection',

  evaluate({ middlewareTomcat: { rows } }, { minimumCount }) {
    return judgeInstances(rows, ({ openFilesLimit }) => told(openFilesLimit, (limit) => (limit < minimumCount ? [{ observed: limit, threshold: minimumCount }] : [])));
  },
});
