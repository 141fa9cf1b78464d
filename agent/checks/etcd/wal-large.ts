import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const walLarge = defineCheck({
  id: 'etcd-wal-large',
  area: 'etcd',
  title: { zh: 'etcd 预写日志堆积', en: 'Accumulating etcd write-ahead logs' },
  why: { zh: '旧日志没有被清理，会占满磁盘并拖慢重启。', en: 'Old logs are not being removed; they may fill the disk and slow down restarts.' },
  remedy: {
    zh: '执行 `ls -lh /var/lib/etcd/member/wal` 查看；检查 `--max-wals` 与 `--snapshot-count`，并确认磁盘没有只读或写满。',
    en: 'Check with `ls -lh /var/lib/etcd/member/wal`; check `--max-wals` and `--snapshot-count`, and make sure that the disk is neither read-only nor full.',
  },
  severity: 'info',
  reads: ['etcdHost'],
  unit: 'bytes',
  threshold: { highestBytes: 2_147_483_648 },
  source: 'practice: five files of 64 MB are kept by default (--max-wals); several times that is a purge that does not work',

  evaluate({ etcdHost }, { highestBytes }) {
    if (etcdHost.walBytes === undefined) return unknown();
    return above(etcdHost.walBytes, { info: highestBytes });
  },
});
