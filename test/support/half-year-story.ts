/** What people of the half year's customer and its provider did and wrote down, at their own times. */
import type { CommandRequest } from '../../collector/incidents/requests.ts';
import { RecordSet } from '../../collector/records/record-set.ts';

const MINUTE_MS = 60_000;
const at = (time: string): number => Date.parse(`${time}:00+08:00`);

export interface Told {
  /** Milliseconds. */
  readonly at: number;
  readonly open: object;
  readonly commands: readonly (readonly [afterMs: number, CommandRequest['command']])[];
}
/** Told between people of support alone: no report may have it. */
export const INTERNAL_NOTE = '内部备注：存储厂商二线已介入，先不对外承诺恢复时间';
const note = (minutes: number, text: string): Told['commands'][number] => [minutes * MINUTE_MS, { kind: 'note', visibility: 'customer', text }];
const contact = (minutes: number, what: 'first-contact' | 'status-update' = 'first-contact'): Told['commands'][number] => [minutes * MINUTE_MS, { kind: 'contact', contact: what }];
/** What is written to the customer and told as the update that the contract asks for. */
const update = (minutes: number, text: string): Told['commands'] => [note(minutes, text), contact(minutes, 'status-update')];

/** An incident that was answered in time, one that was answered late, one that nobody has answered yet, and questions. */
export const STORY: readonly Told[] = [
  {
    at: at('2026-07-21T09:42'),
    open: { title: '核心账务查询响应缓慢，柜面交易超时', severity: 'critical', level: 1, description: '柜面与手机银行余额查询平均耗时超过 8 秒，约三成请求超时。' },
    commands: [
      [6 * MINUTE_MS, { kind: 'acknowledge' }],
      contact(12),
      [15 * MINUTE_MS, { kind: 'start' }],
      [20 * MINUTE_MS, { kind: 'note', visibility: 'internal', text: INTERNAL_NOTE }],
      ...update(31, '已定位到账务数据库所在存储卷写入延迟升高，正在切换到备用存储池。'),
      ...update(74, '已完成切换，查询耗时恢复到 300 毫秒以内，继续观察。'),
      [95 * MINUTE_MS, { kind: 'resolve', code: 'fixed' }],
      [240 * MINUTE_MS, { kind: 'close', closure: 'confirmed' }],
    ],
  },
  {
    at: at('2026-08-29T22:15'),
    open: { title: '计算节点 demo-prod-worker-2 重启后未恢复调度', severity: 'critical' },
    commands: [
      [545 * MINUTE_MS, { kind: 'acknowledge' }],
      contact(548),
      note(570, 'kubelet 证书轮换失败，已重新签发并重启。'),
      [585 * MINUTE_MS, { kind: 'resolve', code: 'fixed' }],
      [600 * MINUTE_MS, { kind: 'close', closure: 'confirmed' }],
    ],
  },
  {
    at: at('2026-09-01T10:05'),
    open: { title: '日志存储卷在线扩容的操作步骤咨询', severity: 'info', kind: 'problem' },
    commands: [
      [55 * MINUTE_MS, { kind: 'acknowledge' }],
      contact(60),
      note(130, '已提供在线扩容步骤与回退方案。'),
      [300 * MINUTE_MS, { kind: 'resolve', code: 'configuration' }],
      [360 * MINUTE_MS, { kind: 'close', closure: 'confirmed' }],
    ],
  },
  {
    at: at('2026-11-17T14:20'),
    open: { title: '升级后检索服务偶发 502', severity: 'warning', kind: 'problem', description: '每天早高峰约十余次，重试后成功。' },
    commands: [[40 * MINUTE_MS, { kind: 'acknowledge' }], contact(45), [60 * MINUTE_MS, { kind: 'start' }]],
  },
  { at: at('2026-12-31T20:40'), open: { title: '对账批量作业未在窗口内完成', severity: 'critical' }, commands: [] },
];
/** When the window of the story's change is planned, and when it is. */
export const WINDOW = { plannedAt: at('2026-10-09T10:00'), startsAt: at('2026-11-08T00:00'), endsAt: at('2026-11-08T02:00'), title: '升级存储插件' } as const;

/** @param incidents numbers of the story's incidents in their order, as reports print them */
export function recordsOf([incident = '', second = '']: readonly string[]): RecordSet {
  return RecordSet.parse({
    demands: [
      {
        number: 'XQ-2026-0017',
        raisedAt: '2026-07-28',
        raisedBy: '林晓东',
        kind: 'feature',
        text: '巡检报告增加按业务系统汇总的视图。',
        value: '便于各业务条线分别整改。',
        priority: 'medium',
        plannedFor: '2027 年一季度',
        state: 'planned',
      },
      {
        number: 'XQ-2026-0023',
        raisedAt: '2026-09-15',
        raisedBy: '赵敏',
        kind: 'performance',
        text: '月末批量期间为 reporting 命名空间临时提高配额。',
        priority: 'high',
        state: 'done',
      },
      { number: 'XQ-2026-0031', raisedAt: '2026-12-08', raisedBy: '林晓东', kind: 'experience', text: '告警短信合并同一节点的多条通知。', priority: 'low', state: 'reviewing' },
    ],
    changes: [
      {
        number: 'BG-2026-0142',
        title: '账务数据库存储池扩容',
        kind: '标准变更',
        requestedBy: '赵敏',
        approvedBy: '周建国',
        from: '2026-08-15T23:00:00+08:00',
        until: '2026-08-16T01:30:00+08:00',
        object: 'payments/ledger-db',
        steps: '扩容备用存储池；逐个副本迁移；核对同步延迟。',
        rollback: '迁回原存储池。',
        executor: '陈立',
        result: 'done',
        impact: '无业务中断。',
      },
      {
        number: 'BG-2026-0187',
        title: 'Kubernetes 由 v1.35.5 升级至 v1.35.8',
        kind: '重大变更',
        requestedBy: '林晓东',
        approvedBy: '周建国',
        from: '2026-09-19T22:00:00+08:00',
        until: '2026-09-20T03:00:00+08:00',
        object: 'demo-prod',
        steps: '备份 etcd；依次升级管理节点与计算节点；回归测试。',
        rollback: '由 etcd 备份恢复并回退组件版本。',
        executor: '陈立',
        result: 'done',
        impact: '计算节点逐台排空，业务无感知。',
      },
      {
        number: 'BG-2026-0236',
        title: '年终决算前批量节点扩容',
        kind: '标准变更',
        requestedBy: '赵敏',
        approvedBy: '周建国',
        from: '2027-01-09T22:00:00+08:00',
        until: '2027-01-10T00:00:00+08:00',
        object: 'demo-prod',
        result: 'planned',
      },
    ],
    backups: [
      {
        name: 'payments/ledger-db',
        kind: 'mysql',
        schedule: '每天 01:00',
        retention: '30 天',
        newestAt: '2026-12-31T01:24:00+08:00',
        sizeBytes: 96_636_764_160,
        durationSeconds: 1_440,
        succeeded: 182,
        failed: 2,
        offsite: true,
        encrypted: true,
        restoreTestedAt: '2026-10-18',
      },
    ],
    plans: [
      { check: 'disk-space-low', owner: '陈立', dueAt: '2027-01-08', state: 'agreed', rollback: '保留清理前的镜像列表，需要时重新拉取。' },
      { check: 'certificate-expiring', owner: '陈立', dueAt: '2027-01-10', state: 'in-progress' },
    ],
    reviews: [
      {
        incident,
        impact: '柜面与手机银行余额查询受影响 95 分钟，约三成请求超时，无账务差错。',
        cause: '账务数据库所在存储池的一块磁盘写入延迟升高，未触发存储侧的隔离阈值。',
        solution: '切换到备用存储池，更换故障磁盘。',
        actions: [
          { text: '存储写入延迟加入监控并设告警', owner: '陈立', dueAt: '2026-08-05', done: true },
          { text: '账务数据库存储池扩容，预留切换余量', owner: '赵敏', dueAt: '2026-08-16', done: true },
        ],
      },
      {
        incident: second,
        impact: '该节点停止接收新 Pod 约 9 小时，业务由其余节点承担，未中断。',
        cause: 'kubelet 证书轮换失败未被发现；夜间值班电话未转接，响应超过承诺的 4 小时。',
        solution: '重新签发 kubelet 证书并重启。',
        actions: [{ text: '夜间值班电话改为双人转接，并每月拨测', owner: '陈立', dueAt: '2026-09-15', done: true }],
      },
    ],
  });
}
