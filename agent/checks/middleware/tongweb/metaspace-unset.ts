import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebMetaspaceUnset = defineCheck({
  id: 'tongweb-metaspace-unset',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 未设置 MaxMetaspaceSize', en: 'TongWeb MaxMetaspaceSize not set' },
  why: { zh: '类加载泄漏会一直吃到主机内存耗尽，进程被系统终止。', en: 'A class loading leak can grow until the host runs out of memory and the process is killed.' },
  remedy: {
    zh: '在 `bin/external.vmoptions` 中设置 -XX:MetaspaceSize=256m 与 -XX:MaxMetaspaceSize=512m；JDK 8 下未设置时 TongWeb 只给 192 MB，应用多时会溢出。',
    en: 'Set -XX:MetaspaceSize=256m and -XX:MaxMetaspaceSize=512m in `bin/external.vmoptions`; if they are not set on JDK 8, TongWeb allows only 192 MB, which many applications together may exceed.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide: 256m/512m (by itself 192 MB on JDK 8)',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ javaOptionsRead, metaspaceMostBytes, javaMajor }) =>
      !javaOptionsRead ? 'silent' : javaMajor !== undefined && javaMajor !== 8 ? 'other' : wrongWhen(metaspaceMostBytes === undefined),
    );
  },
});
