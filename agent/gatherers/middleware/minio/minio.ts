/** How MinIO is recognised. */
import { defineProduct } from '../product.ts';

export const MINIO = defineProduct({
  product: 'minio',
  section: 'middlewareMinio',
  title: 'MinIO',
  signature: {
    images: [/^((bitnami|library)-)?minio$/],
    labels: ['minio'],
    operators: ['minio.min.io/Tenant'],
    ports: [9000],
    processes: ['minio'],
    commandLine: /\bminio(\.RELEASE\.\S+)?\s(.*\s)?server\b/,
  },
  needs: [
    {
      network:
        'HTTP (9000): GET /minio/health/{live,cluster,cluster/read}, /minio/v2/metrics/{cluster,node}, /minio/metrics/v3/{cluster/health,cluster/erasure-set,system/drive,system/process,api/requests}',
    },
  ],
  load: async () => (await import('./gatherer.ts')).minioGatherer,
});
