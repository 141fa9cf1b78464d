import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const nginxDescriptorsLow = defineCheck({
  id: 'nginx-descriptors-low',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 文件描述符上限小于连接数', en: 'nginx file descriptor limit below connection limit' },
  why: { zh: '连接未到上限就会报 too many open files，请求失败。', en: 'Requests fail with "too many open files" before the connection limit is reached.' },
  remedy: {
    zh: "执行 `nginx -T 2>/dev/null | grep -E 'worker_(connections|rlimit_nofile)'`；作为代理时将 worker_rlimit_nofile 设为连接数的两倍以上。",
    en: "Run `nginx -T 2>/dev/null | grep -E 'worker_(connections|rlimit_nofile)'`; for a proxy, set worker_rlimit_nofile to at least twice the number of connections.",
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'nginx documentation, worker_connections: bounded by worker_rlimit_nofile; a proxied connection takes two',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, workerConnections, workerDescriptors }) => {
      if (!configurationRead || workerDescriptors === undefined) return 'other'; // then the limit of the process counts
      return workerConnections === undefined ? 'silent' : workerDescriptors < workerConnections ? [{ observed: workerDescriptors, threshold: workerConnections }] : [];
    });
  },
});
