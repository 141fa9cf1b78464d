import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const pcieError = defineCheck({
  id: 'service-pcie-error',
  area: 'service',
  title: { zh: 'PCIe 总线错误', en: 'PCIe bus errors' },
  why: { zh: '网卡、磁盘或显卡的总线有问题，设备会变慢或突然消失。', en: 'The bus of a network card, disk or GPU is faulty; the device may slow down or vanish.' },
  remedy: {
    zh: '执行 `lspci -vvv` 查看报错设备的链路状态；重新插拔或更换板卡，升级 BIOS 与固件。',
    en: 'Run `lspci -vvv` to check the link state of the affected device; reseat or replace the card and update the BIOS and firmware.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1, infoCount: 100 },
  source: 'practice: uncorrected errors (PCIe AER) lose transactions; corrected ones matter only as a storm',

  evaluate({ kernelLog }, { warningCount, infoCount }) {
    const uncorrected = loggedToday(kernelLog, ['pcie-uncorrected'], { warning: warningCount });
    return uncorrected.length > 0 ? uncorrected : loggedToday(kernelLog, ['pcie-corrected'], { info: infoCount });
  },
});
