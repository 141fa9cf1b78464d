import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebThreadsHung = defineCheck({
  id: 'tongweb-threads-hung',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 有请求线程长时间未返回', en: 'Hung TongWeb request threads' },
  why: {
    zh: '请求得不到响应，占住的线程越来越多，线程池用完后应用停止服务。',
    en: 'Requests get no response and occupy more and more threads; once the pool is exhausted, the application stops serving.',
  },
  remedy: {
    zh: '执行 `jstack <pid>` 连取三次，找出停在同一处的线程；多为数据库或外部调用没有超时。',
    en: 'Run `jstack <pid>` three times and find threads that stay at the same place; most are waiting for a database or an external call without a timeout.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 1, criticalCount: 10 },
  source: 'TongWeb REST interface hungThreads (requests beyond hung-thread-threshold); more than 10 is an outage in the making',

  evaluate({ middlewareTongweb: { rows } }, { warningCount, criticalCount }) {
    return judgeInstances(rows, ({ hungThreads }) => told(hungThreads, (count) => above(count, { warning: warningCount, critical: criticalCount })));
  },
});
