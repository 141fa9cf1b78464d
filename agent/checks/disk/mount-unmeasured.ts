import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskMountUnmeasured = defineCheck({
  id: 'disk-mount-unmeasured',
  area: 'disk',
  title: { zh: '文件系统未纳入容量检查', en: 'File system not covered by capacity checks' },
  why: { zh: '它写满时不会有任何告警，因为本次巡检没有看它。', en: 'No alert is raised when it fills up, because this inspection did not check it.' },
  remedy: {
    zh: '执行 `findmnt <挂载点>` 确认该文件系统；在采集器的安装参数中把它（或其中任一目录）以只读 hostPath 挂载进去，之后的巡检就会检查它的空间与索引节点。',
    en: 'Run `findmnt <mount point>` to identify the file system; mount it, or any directory on it, into the agent as a read-only hostPath so that later inspections check its space and inodes.',
  },
  severity: 'info',
  setup: true,
  reads: ['filesystems'],
  unit: 'count',
  threshold: {},
  source: 'practice: what is not looked at must be visible, not silently fine',

  evaluate({ filesystems }, _threshold, { host }) {
    const rows = filesystems.mounts.filter(({ role }) => role === 'host');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-reported' }, ({ measured, hung }) => (measured || hung ? [] : [{}]));
  },
});
