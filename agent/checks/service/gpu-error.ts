import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const gpuError = defineCheck({
  id: 'service-gpu-error',
  area: 'service',
  title: { zh: 'GPU 报告 XID 错误', en: 'GPU XID errors reported' },
  why: {
    zh: '显卡或驱动出错，训练和推理任务会失败，严重时必须更换硬件。',
    en: 'The GPU or its driver is failing: training and inference jobs will fail, and in severe cases the hardware must be replaced.',
  },
  remedy: {
    zh: '执行 `nvidia-smi -q -d ECC,PAGE_RETIREMENT` 查看 GPU 健康；硬件类错误先腾空节点再复位或更换 GPU，程序类错误交由应用排查。',
    en: 'Run `nvidia-smi -q -d ECC,PAGE_RETIREMENT` to check GPU health; for hardware errors, drain the node first, then reset or replace the GPU. Program errors should be investigated by the application team.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1, infoCount: 1 },
  source: 'practice: XID numbers from 48 on are treated as faults of memory, bus or board (NVIDIA XID catalogue), lower ones mostly come from programs',

  evaluate({ kernelLog }, { criticalCount, infoCount }) {
    const hardware = loggedToday(kernelLog, ['gpu-hardware-error'], { critical: criticalCount });
    return hardware.length > 0 ? hardware : loggedToday(kernelLog, ['gpu-application-error'], { info: infoCount });
  },
});
