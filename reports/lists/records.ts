/** Lists that people keep: changes, demands, backups. */

import { backupState } from '../backups.ts';
import { bytesCell, countCell, dateCell, durationCell, textCell, timeCell } from '../cells.ts';
import type { BackupRecord, ChangeRecord, DemandRecord } from '../facts/service.ts';
import { scopeWords } from '../findings.ts';
import { changeKind, changeNumber, changeResult, demandKind, demandPriority, demandState, yesNo } from '../service-words.ts';
import type { List } from './list.ts';

/** Planned windows and what became of them: 《变更清单》. */
export const changesList: List<ChangeRecord> = {
  id: 'changes',
  ofService: true,
  records: 'changes.yaml',
  title: { zh: '变更清单', en: 'Changes' },
  sheet: { zh: '变更清单', en: 'Changes' },
  empty: { zh: '本期没有变更。', en: 'No changes in the period.' },
  pick: ({ changeRecords }) => changeRecords,
  columns: [
    { title: { zh: '编号', en: 'Number' }, format: 'name', weight: 2.6, width: 18, cell: (change, _model, locale) => textCell(changeNumber(change, locale)) },
    { title: { zh: '类型', en: 'Kind' }, weight: 1.8, width: 12, cell: ({ kind }, _model, locale) => textCell(kind && changeKind(kind, locale)) },
    { title: { zh: '内容', en: 'What' }, weight: 5, width: 40, cell: ({ title }) => textCell(title) },
    {
      title: { zh: '对象', en: 'Object' },
      format: 'name',
      weight: 3,
      optional: true,
      width: 30,
      cell: ({ scope, object }, model, locale) => textCell(scope ? scopeWords(model, scope, locale) : object),
    },
    { title: { zh: '开始', en: 'From' }, weight: 2.8, width: 18, cell: ({ from }, model) => timeCell(from, model) },
    { title: { zh: '结束', en: 'Until' }, weight: 2.8, width: 18, cell: ({ until }, model) => timeCell(until, model) },
    { title: { zh: '申请人', en: 'Requested by' }, weight: 1.8, optional: true, width: 14, cell: ({ requestedBy }) => textCell(requestedBy) },
    { title: { zh: '审批人', en: 'Approved by' }, weight: 1.8, optional: true, width: 14, cell: ({ approvedBy }) => textCell(approvedBy) },
    { title: { zh: '实施人', en: 'By' }, weight: 1.8, optional: true, width: 14, cell: ({ executor }) => textCell(executor) },
    { title: { zh: '回退方案', en: 'Rollback' }, weight: 3, optional: true, width: 40, cell: ({ rollback }) => textCell(rollback) },
    { title: { zh: '结果', en: 'Result' }, format: 'status', weight: 2.6, width: 14, cell: (change, _model, locale) => changeResult(change, locale) },
    { title: { zh: '步骤', en: 'Steps' }, width: 50, cell: ({ steps }) => textCell(steps) },
    { title: { zh: '影响', en: 'Impact' }, width: 40, cell: ({ impact }) => textCell(impact) },
  ],
};

/** What users ask for: 《需求清单》. */
export const demandsList: List<DemandRecord> = {
  id: 'demands',
  ofService: true,
  records: 'demands.yaml',
  title: { zh: '需求清单', en: 'Requests' },
  sheet: { zh: '需求清单', en: 'Requests' },
  empty: { zh: '没有登记需求。', en: 'No requests are registered.' },
  pick: ({ demands }) => demands,
  columns: [
    { title: { zh: '编号', en: 'Number' }, format: 'name', weight: 2.4, width: 18, cell: ({ number }) => textCell(number) },
    { title: { zh: '提出日期', en: 'Raised' }, weight: 2.7, width: 14, cell: ({ raisedAt }, model) => dateCell(raisedAt, model) },
    { title: { zh: '提出人', en: 'Raised by' }, weight: 2, width: 14, cell: ({ raisedBy }) => textCell(raisedBy) },
    { title: { zh: '类型', en: 'Kind' }, weight: 2.3, width: 12, cell: (demand, _model, locale) => textCell(demandKind(demand, locale)) },
    { title: { zh: '需求', en: 'Request' }, weight: 6, width: 60, cell: ({ text }) => textCell(text) },
    { title: { zh: '价值', en: 'Value' }, width: 40, cell: ({ value }) => textCell(value) },
    { title: { zh: '优先级', en: 'Priority' }, weight: 1.5, optional: true, width: 10, cell: (demand, _model, locale) => textCell(demandPriority(demand, locale)) },
    { title: { zh: '排期', en: 'Planned for' }, weight: 2.2, optional: true, width: 16, cell: ({ plannedFor }) => textCell(plannedFor) },
    { title: { zh: '状态', en: 'State' }, weight: 2, width: 12, cell: (demand, _model, locale) => textCell(demandState(demand, locale)) },
  ],
};

/** What is backed up and whether it can be relied on: 《备份报告》. */
export const backupsList: List<BackupRecord> = {
  id: 'backups',
  ofService: true,
  records: 'backups.yaml',
  title: { zh: '备份清单', en: 'Backups' },
  sheet: { zh: '备份', en: 'Backups' },
  empty: { zh: '没有登记任何备份。', en: 'No backups are registered.' },
  pick: ({ backups }) => backups,
  columns: [
    { title: { zh: '对象', en: 'Object' }, format: 'name', weight: 5.2, width: 30, cell: ({ name }) => textCell(name) },
    { title: { zh: '方式', en: 'Kind' }, weight: 1.8, width: 14, cell: ({ kind }) => textCell(kind) },
    { title: { zh: '周期', en: 'Schedule' }, weight: 2.2, optional: true, width: 16, cell: ({ schedule }) => textCell(schedule) },
    { title: { zh: '保留', en: 'Retention' }, weight: 2.1, optional: true, width: 14, cell: ({ retention }) => textCell(retention) },
    { title: { zh: '最近成功', en: 'Newest' }, weight: 2.8, width: 18, cell: ({ newestAt }, model) => timeCell(newestAt, model) },
    { title: { zh: '大小', en: 'Size' }, align: 'right', weight: 1.8, optional: true, width: 14, cell: ({ sizeBytes }) => bytesCell(sizeBytes) },
    { title: { zh: '耗时', en: 'Took' }, width: 14, cell: ({ durationSeconds }, _model, locale) => durationCell(durationSeconds, locale) },
    { title: { zh: '累计成功', en: 'Succeeded in total' }, align: 'right', weight: 1.4, optional: true, width: 10, cell: ({ succeeded }) => countCell(succeeded) },
    { title: { zh: '累计失败', en: 'Failed in total' }, align: 'right', weight: 1.5, optional: true, width: 10, cell: ({ failed }) => countCell(failed, 'warning') },
    { title: { zh: '现存份数', en: 'Copies kept' }, align: 'right', weight: 1.4, optional: true, width: 10, cell: ({ kept }) => countCell(kept) },
    { title: { zh: '异地', en: 'Off-site' }, width: 8, cell: ({ offsite }, _model, locale) => textCell(yesNo(offsite, locale)) },
    { title: { zh: '加密', en: 'Encrypted' }, width: 10, cell: ({ encrypted }, _model, locale) => textCell(yesNo(encrypted, locale)) },
    { title: { zh: '恢复演练', en: 'Restore tested' }, weight: 2.7, width: 16, cell: ({ restoreTestedAt }, model) => dateCell(restoreTestedAt, model) },
    { title: { zh: '结论', en: 'Verdict' }, format: 'status', weight: 3.2, width: 20, cell: (backup, { period }, locale) => backupState(backup, period.asOf, locale) },
  ],
};
