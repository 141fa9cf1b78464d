import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebEmbeddedLicensePath = defineCheck({
  id: 'tongweb-embedded-license-path',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 嵌入版的授权路径无法解析', en: 'Embedded TongWeb licence path cannot be resolved' },
  why: { zh: '找不到授权文件，应用可能启动失败或在试用期后停止服务。', en: 'Without a licence file, the application may fail to start or stop after the trial period.' },
  remedy: {
    zh: '核对 server.tongweb.license.path（启动参数、环境变量 SERVER_TONGWEB_LICENSE_PATH 或 application 配置）：主机上执行 `ls -l <路径>`；容器中核对卷的 items 与挂载路径。',
    en: 'Check server.tongweb.license.path (startup arguments, the environment variable SERVER_TONGWEB_LICENSE_PATH, or the application configuration): on a host, run `ls -l <path>`; in a container, compare the items of the volume with the mount path.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 7.0.E: server.tongweb.license.path names a file or a place in the class path; without a licence it does not start again',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ line, licensePath }) => {
      if (line !== 'embedded') return 'other';
      if (licensePath === undefined || licensePath === 'in-package') return 'silent';
      return licensePath === 'file-missing' || licensePath === 'path-unresolved' ? [{ observed: licensePath }] : [];
    });
  },
});
