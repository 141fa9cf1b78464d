import { defineCheck } from '../../check.ts';
import { dumpsLeft, judgeInstances } from '../../middleware-rows.ts';

export const tongwebDumpPresent = defineCheck({
  id: 'tongweb-dump-present',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 存在堆转储或崩溃日志', en: 'TongWeb heap dumps or crash logs present' },
  why: { zh: '进程曾内存溢出或崩溃；转储占用磁盘，且可能含有用户数据。', en: 'The process ran out of memory or crashed; dumps take up disk space and may contain user data.' },
  remedy: {
    zh: '执行 `ls -l bin/*.hprof bin/hs_err_pid*.log` 查看时间；崩溃日志交东方通与 JDK 厂商分析，堆转储分析后移走。',
    en: 'Run `ls -l bin/*.hprof bin/hs_err_pid*.log` to check the timestamps; send crash logs to TongTech and the JDK vendor for analysis, and move heap dumps away after analysis.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: {},
  source: 'TongWeb 8 alert policy: heap dumps and JVM fatal error logs',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, dumpsLeft);
  },
});
