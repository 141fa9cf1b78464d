import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const pageAllocationFailure = defineCheck({
  id: 'service-page-allocation-failure',
  area: 'service',
  title: { zh: '内核分配内存页失败', en: 'Kernel memory page allocation failures' },
  why: { zh: '内核拿不到内存，网络和存储操作会失败或丢包。', en: 'The kernel cannot obtain memory, so network and storage operations fail or packets are dropped.' },
  remedy: {
    zh: '执行 `cat /proc/buddyinfo` 查看内存碎片，并用 `slabtop -o | head -20` 查看 slab 占用；适当提高 vm.min_free_kbytes，旧内核出现 SLUB 报错时升级内核或关闭 kmem 记账。',
    en: 'Run `cat /proc/buddyinfo` to check memory fragmentation and `slabtop -o | head -20` to check slab usage; raise vm.min_free_kbytes moderately, and on old kernels that log SLUB failures, upgrade the kernel or disable kmem accounting.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: network and storage drivers drop work when an atomic allocation fails',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['page-allocation-failure', 'slab-allocation-failure'], { warning: warningCount });
  },
});
