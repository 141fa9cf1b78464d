import { defineCheck, unknown } from '../check.ts';

export const dataDiskRotational = defineCheck({
  id: 'etcd-data-disk-rotational',
  area: 'etcd',
  title: { zh: 'etcd 数据位于机械硬盘', en: 'etcd data on a hard disk drive' },
  why: {
    zh: '机械盘落盘慢，负载稍高就会提交超时、频繁换主，API 跟着变慢。',
    en: 'Syncs are slow: under moderate load, commits time out, leader changes become frequent and the API slows down.',
  },
  remedy: {
    zh: '执行 `lsblk -d -o NAME,ROTA` 确认；把数据目录迁移到 SSD，机械硬盘的同步写延迟容易引起选举。',
    en: 'Run `lsblk -d -o NAME,ROTA` to confirm; move the data directory to an SSD: the synchronous write latency of hard disk drives can trigger elections.',
  },
  severity: 'info',
  setup: true,
  reads: ['etcdHost'],
  unit: 'value',
  threshold: {},
  source: 'etcd hardware guide (SSD), DaoCloud installation requirements (over 500 IOPS)',

  evaluate({ etcdHost }) {
    if (etcdHost.rotational === undefined) return unknown();
    return etcdHost.rotational ? [{ observed: true, threshold: false }] : [];
  },
});
