import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const xfsCorruption = defineCheck({
  id: 'service-xfs-corruption',
  area: 'service',
  title: { zh: 'XFS 元数据损坏', en: 'XFS metadata corruption' },
  why: { zh: '文件系统已损坏，继续使用可能丢失更多文件。', en: 'The file system is damaged, and continued use may lose more files.' },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep "XFS"` 确认设备，并备份数据；在维护窗口卸载后执行 `xfs_repair -n` 检查，再决定修复。',
    en: 'Run `journalctl -k --since -24h | grep "XFS"` to identify the device, and back up its data; unmount it in a maintenance window, check it with `xfs_repair -n`, then decide whether to repair it.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'practice: XFS reports metadata that fails its checksum or verifier; the next step is its shutdown',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['xfs-corruption'], { critical: criticalCount });
  },
});
