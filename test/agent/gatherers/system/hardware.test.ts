import { describe, expect, it } from 'vitest';
import { classifyHardware, hardware, parseFirmwareDate } from '../../../../agent/gatherers/host/system/hardware.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { hostOf } from '../../../support/tree.ts';

const NOTHING = { manufacturer: '', model: '', virtual: false, processor: '', ghz: 0, physicalCores: 0, sockets: 0, firmwareDate: '' };

describe('hardware', () => {
  it.each([
    ['Huawei', 'TaiShan 200 (Model 2280)', 'HUAWEI Kunpeng 920', 'huawei', 'kunpeng'],
    ['xFusion', '2288H V7', 'Intel(R) Xeon(R) Gold 6430', 'xfusion', 'intel-xeon'],
    ['Inspur', 'NF5280M6', 'Hygon C86 7285', 'inspur', 'hygon'],
    ['Dell Inc.', 'PowerEdge R7525', 'AMD EPYC 7543 32-Core Processor', 'dell', 'amd-epyc'],
    ['QEMU', 'Standard PC', 'QEMU Virtual CPU version 2.5+', 'qemu', 'virtual'],
    ['Great Wall', 'FT1500', 'Phytium FT-2000+/64', 'great-wall', 'phytium'],
    ['Acme Bank Private', 'Secret Box', 'Acme One', 'other', 'other'],
  ])('%s %s', (manufacturer, model, processor, vendor, processorFamily) => {
    expect(classifyHardware({ ...NOTHING, manufacturer, model, processor })).toMatchObject({ vendor, processorFamily });
  });
  it('reads firmware dates of both spellings', () => {
    expect(parseFirmwareDate('04/01/2014')).toBe(Date.UTC(2014, 3, 1) / 1_000);
    expect(parseFirmwareDate('2023-07-31')).toBe(Date.UTC(2023, 6, 31) / 1_000);
    for (const bad of ['', 'Not Specified', '13/45/2020', '01/01/1970']) expect(parseFirmwareDate(bad)).toBeUndefined();
  });
  it('is only for the machine itself', async () => {
    const { reports } = await runGatherers([hardware], { host: await hostOf({}) }, { signal: AbortSignal.timeout(5_000), concurrency: 1, clock: () => 0 });
    expect(reports[0]).toMatchObject({ status: 'failed', reason: 'not-visible' });
  });
});
