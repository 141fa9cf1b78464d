/** Nodes beside each other: how much was compared, and what is not alike. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { type Block, heading, paragraph } from '../blocks.ts';
import { say } from '../format.ts';
import { differencesList } from '../lists/differences.ts';
import { listTable } from '../lists/list.ts';
import { known, type ReportModel } from '../model.ts';

/** Nothing where fewer than two nodes were read. */
export function differenceBlocks(model: ReportModel, locale: Locale): readonly Block[] {
  const compared = comparedWords(model, locale);
  if (compared === undefined) return [];
  const table = (known(model.differences)?.total ?? 0) > 0 && listTable(differencesList, model, locale);
  return [heading(say(locale, '节点一致性', 'Nodes compared')), paragraph(compared), ...(table ? [table] : [])];
}

/** One sentence that says how much was compared: no praise of what was not. `undefined` where there is nothing to compare. */
export function comparedWords({ differences }: ReportModel, locale: Locale): string | undefined {
  const value = known(differences);
  if (!value) return undefined;
  return value.total === 0
    ? say(
        locale,
        `比较了 ${value.machines} 台节点的 ${value.settings} 项设置（时区、内核、内核参数、kubelet 配置、MTU 等），全部一致；随机器规格变化的参数不比较。`,
        `${value.settings} settings on ${value.machines} nodes (time zone, kernel, kernel parameters, kubelet, MTU …) were compared and are identical; parameters that depend on machine size are not compared.`,
      )
    : say(
        locale,
        `比较了 ${value.machines} 台节点的 ${value.settings} 项设置（时区、内核、内核参数、kubelet 配置、MTU 等），其中 ${value.total} 项不一致；不一致不一定是错误，请逐项确认是否有意为之。随机器规格变化的参数不比较。`,
        `${value.settings} settings of ${value.machines} nodes (time zone, kernel, kernel parameters, kubelet, MTU …) were compared; ${value.total} ${value.total === 1 ? 'is' : 'are'} different. A difference is not necessarily an error: confirm for each whether it is intended. Parameters that depend on machine size are not compared.`,
      );
}
