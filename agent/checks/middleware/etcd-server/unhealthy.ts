import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const etcdServerUnhealthy = defineCheck({
  id: 'etcd-server-unhealthy',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 成员自报不健康', en: 'etcd member reports itself unhealthy' },
  why: { zh: '该成员不能正常服务，容错少了一份，再坏一个可能失去多数。', en: 'It cannot serve properly: fault tolerance is reduced, and one more failure may lose the majority.' },
  remedy: {
    zh: '执行 `etcdctl endpoint health` 与 `etcdctl alarm list` 查看原因。',
    en: 'Run `etcdctl endpoint health` and `etcdctl alarm list` to find the reason.',
  },
  severity: 'critical',
  reads: ['middlewareEtcdServer'],
  unit: 'value',
  threshold: {},
  source: 'etcd documentation: /health',

  evaluate({ middlewareEtcdServer: { members } }) {
    return judgeInstances(members, ({ healthy }) => wrongWhen(healthy === undefined ? undefined : !healthy));
  },
});
