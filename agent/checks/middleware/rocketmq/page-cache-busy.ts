import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqPageCacheBusy = defineCheck({
  id: 'rocketmq-page-cache-busy',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 页缓存繁忙', en: 'RocketMQ page cache under pressure' },
  why: { zh: 'broker 会拒绝写入以自保，生产者收到系统繁忙。', en: 'The broker refuses writes to protect itself, and producers receive a system busy error.' },
  remedy: {
    zh: '执行 `mqadmin brokerStatus -n <名字服务> -b <broker>` 查看 pageCacheLockTimeMills；检查内存与磁盘，考虑 transientStorePoolEnable，并关闭 swap。',
    en: 'Run `mqadmin brokerStatus -n <name server> -b <broker>` and check pageCacheLockTimeMills; check memory and disk, consider transientStorePoolEnable, and disable swap.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000 },
  source: 'RocketMQ: osPageCacheBusyTimeOutMills 1000 ms, after which sends are refused',

  evaluate({ middlewareRocketmq: { members } }, { warningMs }) {
    return judgeInstances(members, ({ nameServer, pageCacheLockMs }) =>
      nameServer === true ? 'other' : told(pageCacheLockMs, (value) => above(Math.floor(value), { warning: warningMs })),
    );
  },
});
