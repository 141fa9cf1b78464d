import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioErrorsHigh = defineCheck({
  id: 'minio-errors-high',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 的 S3 请求 5xx 比例高', en: 'High rate of 5xx responses to MinIO S3 requests' },
  why: { zh: '上传下载正在失败，依赖它的备份和应用会出错。', en: 'Transfers are failing, and dependent backups and applications get errors.' },
  remedy: {
    zh: '执行 `mc admin trace --errors <别名>` 查看失败的请求；检查磁盘、仲裁与内存。',
    en: 'Run `mc admin trace --errors <alias>` to see the failing requests; check drives, quorum and memory.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'percent',
  threshold: { warningPercent: 5, leastCount: 100 },
  source: 'SRE practice: 5 % of requests; at least 100 of them, since the inspection before, else since the start',

  evaluate({ middlewareMinio: { members } }, { warningPercent, leastCount }) {
    return judgeInstances(members, (member) => {
      const { requests, serverErrors } = member.recentSeconds === undefined ? member : { requests: member.recentRequests, serverErrors: member.recentServerErrors };
      if (requests === undefined) return member.live === true && member.drives !== undefined ? [] : 'silent'; // nobody has asked it for anything yet
      if (requests < leastCount) return [];
      return told(serverErrors, (errors) => above(Math.floor((errors / requests) * 100), { warning: warningPercent }));
    });
  },
});
