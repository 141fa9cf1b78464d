import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const etcdServerAnonymous = defineCheck({
  id: 'etcd-server-anonymous',
  area: 'middleware',
  product: 'etcd-server',
  group: 'configuration',
  title: { zh: 'etcd 客户端接口无需身份即可访问', en: 'etcd client interface open without authentication' },
  why: { zh: '能连到它的人可读写全部键值，包括配置与口令。', en: 'Anyone who can reach it can read and change every key, including configuration and passwords.' },
  remedy: {
    zh: '执行 `etcdctl auth status` 并核对 --client-cert-auth；启用客户端证书或 `etcdctl auth enable`，并限制 2379 的来源。',
    en: 'Run `etcdctl auth status` and check --client-cert-auth; enable client certificates or run `etcdctl auth enable`, and restrict access to port 2379.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareEtcdServer'],
  unit: 'value',
  threshold: {},
  source: 'etcd documentation, "Transport security model"',

  evaluate({ middlewareEtcdServer: { members } }) {
    return judgeInstances(members, ({ anonymous }) => wrongWhen(anonymous));
  },
});
