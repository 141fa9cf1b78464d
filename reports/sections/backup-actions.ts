/** Backups that cannot be relied on, as work for both sides: no check finds them, so no list of problems has them. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { backupDueAt, backupFlaws, backupRemedy, backupRule, backupState } from '../backups.ts';
import { type Block, paragraph, type TableBlock, words } from '../blocks.ts';
import { dateCell } from '../cells.ts';
import type { BackupRecord } from '../facts/service.ts';
import { say } from '../format.ts';
import { known, type ReportModel } from '../model.ts';
import { rowsShown } from '../words.ts';

const MOST = 20;

/** Rows that the table will have on paper. */
export function backupActionRows(model: ReportModel): number {
  return rowsShown(flawed(model).length, MOST);
}
function flawed({ backups, period }: ReportModel): readonly BackupRecord[] {
  return (known(backups)?.rows ?? []).filter((backup) => backupFlaws(backup, period.asOf).length > 0);
}
/** The table, where both sides have to write something in. */
export function openBackups(model: ReportModel): readonly Text[] {
  return flawed(model).length === 0 ? [] : [{ zh: '备份整改', en: 'the remediation of backups' }];
}
/** What a good verdict takes, what a dash means and since when is counted: below the table, for whoever signs it. */
export function backupNotes(model: ReportModel, locale: Locale): readonly Block[] {
  const rows = known(model.backups)?.rows ?? [];
  return rows.length === 0 ? [] : [paragraph(backupRule(rows, locale), 'note')];
}
/** Nothing where every backup is in order, or none is known. */
export function backupActions(model: ReportModel, locale: Locale): readonly TableBlock[] {
  const rows = flawed(model);
  const { asOf } = model.period;
  if (rows.length === 0) return [];
  return [
    {
      type: 'table',
      title: say(locale, '备份整改（责任方与完成日期由双方商定后填写）', 'Remediation of backups (owner and due date to be agreed by both parties)'),
      columns: [
        words(say(locale, '备份对象', 'Backup'), 'name', 4),
        words(say(locale, '结论', 'Verdict'), 'status', 3.6),
        words(say(locale, '措施', 'Action'), 'text', 7),
        words(say(locale, '建议完成', 'Proposed'), 'text', 2.4),
        words(say(locale, '责任方', 'Owner'), 'text', 2),
        words(say(locale, '计划完成', 'Agreed'), 'text', 2),
      ],
      rows: rows.slice(0, backupActionRows(model)).map((backup) => {
        const flaws = backupFlaws(backup, asOf);
        return [
          { text: backup.kind === backup.name ? backup.name : `${backup.kind} ${backup.name}` },
          backupState(backup, asOf, locale),
          {
            text: sentence(
              flaws.map((flaw) => backupRemedy(flaw, locale)),
              locale,
            ),
          },
          dateCell(backupDueAt(flaws, asOf), model, 'neutral'),
          { text: '' },
          { text: '' },
        ];
      }),
      total: rows.length,
      empty: '',
    },
  ];
}
function sentence(parts: readonly string[], locale: Locale): string {
  const text = [...new Set(parts)].join(say(locale, '；', '; '));
  return say(locale, `${text}。`, `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}
