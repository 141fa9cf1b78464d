import { expect, it } from 'vitest';
import { type DetailNames, detailsInWords } from '../../../../collector/console/words/audit-details.ts';

const NAMES: DetailNames = {
  cluster: (id) => (id === 'c-1' ? 'prod' : undefined),
  check: (id) => (id === 'node-not-ready' ? '节点未就绪' : undefined),
  reportKind: (id) => (id === 's360' ? '主动巡检报告' : undefined),
  time: (at) => `@${at}`,
};

it.each([
  ['incident.resolve', { kind: 'resolve', code: 'fixed', version: 7 }, '结果：已修复'],
  ['incident.hold', { kind: 'hold', reason: 'customer', awaits: 'information', version: 3 }, '原因：等待客户 · 等待：请提供所需信息'],
  ['incident.note', { visibility: 'internal', version: 2 }, '可见范围：仅支持中心'],
  ['report.request', { kind: 's360', clusterId: 'c-1', formats: ['docx', 'pdf'] }, '类型：主动巡检报告 · 集群：prod · 格式：Word 文档、PDF 文档'],
  ['window.plan', { kind: 'maintenance', clusterId: null, startsAt: 1_795_305_600_000, endsAt: 1_795_309_200_000 }, '类型：维护窗口 · 开始：@1795305600000 · 结束：@1795309200000'],
  ['risk.accept', { clusterId: 'gone', check: 'node-not-ready', identity: 'ab'.repeat(32), owner: '李' }, '集群：gone · 检查项：节点未就绪 · 责任人：李'],
  ['user.role', { role: 'duty-manager' }, '角色：值班经理'],
  ['report-schedule.update', { mail: true, document: 'ab'.repeat(32) }, '发送邮件：是 · 文档摘要：abababab…'],
])('%s %j reads as %s', (action, details, words) => {
  expect(detailsInWords(action, details, 'zh', NAMES)).toBe(words);
});
it('leaves what it does not know as it stands, and never grows long', () => {
  expect(detailsInWords('pack.apply', { name: 'q4', version: '2', strange: { a: 1 } }, 'en', NAMES)).toBe('name: q4 · version: 2 · strange: {"a":1}');
  expect(detailsInWords('x.y', { note: 'n'.repeat(5_000) }, 'en', NAMES)).toHaveLength(300);
});
