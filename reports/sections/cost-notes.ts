/** What stands beside figures of cost: the prices, what was not measured, how use was measured, and what a report waits for. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, paragraph } from '../blocks.ts';
import type { Costs } from '../facts/service.ts';
import { formatNumber, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import type { Awaited } from '../readiness.ts';

/** A report about cost without amounts is none that anybody signs; a longer report says in its chapter that it has none. */
export function awaitedPrices({ costs }: ReportModel): readonly Awaited[] {
  const value = known(costs);
  if (!value)
    return [
      {
        part: { zh: '集群的资源数据', en: 'resource data of the cluster' },
        how: { zh: '由集群的巡检采集；报告须针对一个集群。', en: 'collected by the inspection of a cluster; the report must be about one cluster.' },
      },
    ];
  if (value.prices) return [];
  return [
    {
      part: { zh: '单价', en: 'prices' },
      how: {
        zh: '由 prices.yaml 提供（currency、perCore、perGibMemory、perGibStorage，均为月单价），或写入收集端配置的 reports.prices。',
        en: 'from prices.yaml (currency, perCore, perGibMemory, perGibStorage; all per month), or set reports.prices in the configuration of the collector.',
      },
    },
  ];
}
export function priceNote({ costs }: ReportModel, locale: Locale): Block {
  const prices = known(costs)?.prices;
  if (!prices) return paragraph(say(locale, '没有单价，因此只列资源数量，不折算金额。', 'No prices were given, so resources are shown without amounts.'), 'note');
  const { currency, perCore, perGibMemory, perGibStorage, source } = prices;
  const from = source === undefined ? '' : say(locale, `，来源：${source}`, `; from ${source}`);
  return paragraph(
    say(
      locale,
      `按月单价（${currency}）：每核 ${formatNumber(perCore)}，每 GiB 内存 ${formatNumber(perGibMemory)}，每 GiB 存储 ${formatNumber(perGibStorage)}${from}。`,
      `Monthly prices (${currency}): ${formatNumber(perCore)} per core, ${formatNumber(perGibMemory)} per GiB of memory, ${formatNumber(perGibStorage)} per GiB of storage${from}.`,
    ),
    'note',
  );
}

/** What the sums above leave out because nobody measured it. */
export function notMeasured({ idleNodes, oversized, orphanedVolumes, usedMillicores }: Costs, locale: Locale): readonly Block[] {
  const parts = [
    ...(usedMillicores === undefined || !idleNodes
      ? [say(locale, '节点实际用量（metrics-server），因此不判断闲置节点', 'node utilisation (metrics-server), so idle nodes are not identified')]
      : []),
    ...(oversized ? [] : [say(locale, '工作负载实际用量，因此不判断超配', 'workload utilisation, so oversized workloads are not identified')]),
    ...(orphanedVolumes ? [] : [say(locale, '存储卷', 'volumes')]),
  ];
  if (parts.length === 0) return [];
  return [
    callout(
      'unknown',
      say(locale, '未计量的部分', 'What was not measured'),
      say(locale, `${parts.join('；')}。可优化的资源可能多于上述数字。`, `${parts.join('; ')}. Actual savings may be higher than shown above.`),
    ),
  ];
}

/** How the use of workloads was measured: one moment is no peak. */
export function usageNote({ costs }: ReportModel, locale: Locale): readonly Block[] {
  const { usageSamples: samples, usageInspections: inspections = samples } = known(costs) ?? {};
  if (samples === undefined || inspections === undefined) return [];
  if (samples === 1)
    return [
      paragraph(
        say(
          locale,
          '使用量为巡检当时由 metrics-server 测得的一次值，不代表业务高峰；下调申请前请核对高峰期的用量。',
          'Usage is a single metrics-server sample taken at inspection time and does not reflect peaks: check peak-hour usage before lowering requests.',
        ),
        'note',
      ),
    ];
  const drawn =
    samples < inspections
      ? say(locale, `本期 ${inspections} 次巡检中按时间均匀抽取的 ${samples} 次测量`, `${samples} samples, drawn evenly from ${inspections} inspections in the period`)
      : say(locale, `本期全部 ${samples} 次巡检的测量`, `the samples of all ${samples} inspections in the period`);
  const value =
    samples < LEAST_FOR_SHARE
      ? say(locale, `使用量取${drawn}（metrics-server）中的最大值`, `Usage is the highest of ${drawn} (metrics-server)`)
      : say(locale, `使用量取${drawn}（metrics-server）的第 95 百分位（P95）`, `Usage is the 95th percentile (P95) of ${drawn} (metrics-server)`);
  return [paragraph(`${value}${say(locale, '，不含巡检之间的高峰。', '; peaks between inspections are not included.')}`, 'note')];
}
/** Of fewer measurements the 95th percentile is the highest. */
const LEAST_FOR_SHARE = 20;
