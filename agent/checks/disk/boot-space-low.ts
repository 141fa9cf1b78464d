import { defineCheck, notApplicable } from '../check.ts';
import { below } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskBootSpaceLow = defineCheck({
  id: 'disk-boot-space-low',
  area: 'disk',
  title: { zh: '/boot 分区空间不足以安装新内核', en: 'Insufficient space on /boot for a new kernel' },
  why: { zh: '下次内核更新会失败或只装一半，主机可能无法启动。', en: 'The next kernel update will fail or be only partly installed, and the host may not boot.' },
  remedy: {
    zh: '执行 `ls -lh /boot` 查看已安装的内核；卸载不再使用的旧内核（openEuler：`dnf remove --oldinstallonly`，Debian：`apt autoremove`）。',
    en: 'Run `ls -lh /boot` to see the installed kernels; remove old kernels that are no longer used (openEuler: `dnf remove --oldinstallonly`, Debian: `apt autoremove`).',
  },
  severity: 'warning',
  reads: ['filesystems'],
  unit: 'bytes',
  threshold: { warningBytes: 104_857_600 },
  source: 'practice: a kernel with its initramfs takes about 100 MiB; without it security updates of the kernel fail',

  evaluate({ filesystems }, { warningBytes }, { host }) {
    const rows = filesystems.mounts.filter(({ name }) => name === '/boot');
    if (rows.length === 0) return notApplicable('not-present');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-visible' }, ({ availableBytes }) =>
      availableBytes === undefined ? undefined : below(availableBytes, { warning: warningBytes }),
    );
  },
});
