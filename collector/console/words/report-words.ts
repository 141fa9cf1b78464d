/** Words of the pages about reports. */
import type { Text } from '../../../agent/wire/vocabulary.ts';
import type { ReportFault, ReportFormat, ReportStage, ReportState } from '../../reports/report.ts';

export const REPORT_STATE_WORDS: Readonly<Record<ReportState, Text>> = {
  queued: { zh: '排队中', en: 'queued' },
  running: { zh: '生成中', en: 'being made' },
  done: { zh: '已完成', en: 'done' },
  failed: { zh: '失败', en: 'failed' },
};
export const STAGE_WORDS: Readonly<Record<ReportStage, Text>> = {
  waiting: { zh: '等待空闲', en: 'Waiting for its turn' },
  assembling: { zh: '正在汇集巡检数据', en: 'Putting the data together' },
  rendering: { zh: '正在排版', en: 'Setting the pages' },
  storing: { zh: '正在保存', en: 'Storing the files' },
  ended: { zh: '已结束', en: 'Ended' },
};
export const FAULT_WORDS: Readonly<Record<ReportFault, Text>> = {
  'no-data': { zh: '该范围内没有巡检数据。', en: 'There is no inspection in its range.' },
  'not-found': { zh: '客户或集群已不存在。', en: 'The customer or the cluster is gone.' },
  crashed: { zh: '排版进程异常退出。', en: 'The process that sets it ended early.' },
  timeout: { zh: '超过时限。', en: 'It took too long.' },
  malformed: { zh: '数据不完整。', en: 'The data is not complete.' },
  render: { zh: '排版失败。', en: 'It could not be set.' },
  'too-large': { zh: '内容过大，请缩小范围。', en: 'It is too large: choose a smaller range.' },
  lost: { zh: '生成它的收集端中途停止。', en: 'The collector that made it stopped in between.' },
  internal: { zh: '内部错误，日志中有详情。', en: 'An internal fault; the log has it.' },
};
export const FORMAT_WORDS: Readonly<Record<ReportFormat, Text>> = {
  docx: { zh: 'Word 文档', en: 'Word document' },
  pdf: { zh: 'PDF 文档', en: 'PDF document' },
  xlsx: { zh: 'Excel 工作簿', en: 'Excel workbook' },
  html: { zh: '网页（单个文件）', en: 'Web page (one file)' },
  json: { zh: '数据（JSON）', en: 'Data (JSON)' },
};
