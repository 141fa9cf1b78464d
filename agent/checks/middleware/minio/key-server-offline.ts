import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const minioKeyServerOffline = defineCheck({
  id: 'minio-key-server-offline',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 密钥服务离线', en: 'MinIO key server offline' },
  why: { zh: '加密的对象读不出也写不进，重启后服务可能起不来。', en: 'Encrypted objects cannot be read or written, and the service may not start after a restart.' },
  remedy: {
    zh: '执行 `mc admin kms key status <别名>` 查看；恢复 KES 或 KMS 的网络与证书。',
    en: 'Run `mc admin kms key status <alias>` to check; restore the network connection and certificates of KES or the KMS.',
  },
  severity: 'critical',
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: {},
  source: 'MinIO documentation, "Server-side encryption": encrypted objects cannot be read or written without the key server',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ keyServerOnline }) => (keyServerOnline === undefined ? 'other' : wrongWhen(!keyServerOnline)));
  },
});
