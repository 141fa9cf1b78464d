import { callout, paragraph } from '../blocks.ts';
import { formatDate, say } from '../format.ts';
import { listTable } from '../lists/list.ts';
import { contactsList, servicesList } from '../lists/terms.ts';
import { authoredBlocks } from '../sections/authored.ts';
import type { Chapter } from './chapter.ts';
import { factTable } from './facts.ts';
import { periodWords } from './method.ts';

/** What was agreed: policy, hours, services, people. */
export const servicePlan: Chapter = {
  id: 'service-plan',
  places: ['scope'],
  title: { zh: '运维服务方案', en: 'Service plan' },
  runsOn: true,
  awaits: ({ contract }) =>
    contract
      ? []
      : [
          {
            part: { zh: '合同与服务方案', en: 'contract and service plan' },
            how: { zh: '由收集端登记的合同生成。', en: 'comes from the contract registered with the collector.' },
          },
        ],
  write(model, locale) {
    const { contract, period } = model;
    const written = authoredBlocks(model, 'scope', locale);
    if (!contract)
      return [
        callout(
          'unknown',
          say(locale, '没有合同数据', 'No contract'),
          say(
            locale,
            '本报告没有关联合同，服务范围与时限以双方签署的文件为准。',
            'This report is not linked to a contract; scope and targets are as agreed in the documents signed by both parties.',
          ),
        ),
        ...written,
      ];
    const day = (at: number | undefined): string | undefined => (at === undefined ? undefined : formatDate(at, period.zoneMinutes));
    const { from, until } = contract;
    return [
      factTable(
        say(locale, '合同与服务', 'Contract and service'),
        [
          [say(locale, '合同编号', 'Contract'), contract.number],
          [say(locale, '服务方', 'Provider'), contract.provider],
          [say(locale, '支持策略', 'Support policy'), contract.policy[locale]],
          [say(locale, '服务等级', 'Tier'), contract.tier?.[locale]],
          [say(locale, '服务期限', 'Term'), from === undefined && until === undefined ? undefined : `${day(from) ?? '—'} – ${day(until) ?? '—'}`],
          [say(locale, '时区', 'Time zone'), contract.zone],
          [say(locale, '本报告周期', 'Reporting period'), periodWords(model)],
        ],
        locale,
      ),
      listTable(servicesList, model, locale),
      listTable(contactsList, model, locale),
      ...(contract.exclusions.length > 0
        ? [paragraph(say(locale, '不包含：', 'Not included:')), { type: 'list', ordered: false, items: contract.exclusions.slice(0, 20).map((text) => text[locale]) } as const]
        : []),
      ...written,
    ];
  },
};
