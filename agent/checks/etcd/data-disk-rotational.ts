import { defineCheck, unknown } from '../check.ts';

export const dataDiskRotational = defineCheck({
  id: 'etcd-data-disk-rotational',
  area: 'etcd',
  title: { zh: 'etcd 数据位于机械硬盘', en: 'etcd data on a rotating disk' },
  why: { zh: '机械盘落盘慢，负载稍高就会提交超时、频繁换主，API 跟着变慢。', en: 'It syncs slowly: under load commits time out, leaders change, and the API gets slow.' },
  remedy: {
    zh: '执行 `lsblk -d -o NAME,ROTA` 确认；把数据目录迁移到 SSD，机械硬盘的同步写延迟容易引起选举。',
    en: 'Confirm with `lsblk -d -o NAME,ROTA`; move the data folder to an SSD: the write latency of a rotating disk leads to elections.',
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
