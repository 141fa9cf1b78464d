/** Listeners and data sources of TongWeb one by one: their limits, and how much of them is used where JMX told it. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import { countCell, textCell } from '../cells.ts';
import type { InstanceDatasource, InstanceListener, MiddlewareInstance } from '../facts/middleware.ts';
import { formatQuantity } from '../format.ts';
import { known } from '../model.ts';
import { yesNo } from '../service-words.ts';
import type { List, ListColumn } from './list.ts';

interface PartOfInstance<P> {
  readonly instance: MiddlewareInstance;
  readonly part: P;
}
function instanceColumn<P>(): ListColumn<PartOfInstance<P>> {
  return { title: { zh: '实例', en: 'Instance' }, format: 'name', weight: 4, width: 30, cell: ({ instance }) => textCell(instance.name) };
}
function countColumn<P>(title: Text, tell: (part: P) => number | undefined): ListColumn<PartOfInstance<P>> {
  return { title, align: 'right', weight: 1.5, width: 10, cell: ({ part }) => countCell(tell(part)) };
}
function partsOf<P>(tell: (instance: MiddlewareInstance) => readonly P[] | undefined): List<PartOfInstance<P>>['pick'] {
  return ({ middleware }) => {
    const rows = (known(middleware)?.rows ?? []).flatMap((instance) => (tell(instance) ?? []).map((part) => ({ instance, part })));
    return rows.length === 0 ? undefined : { value: { rows, total: rows.length } };
  };
}

const USES: Readonly<Record<InstanceListener['use'], Text>> = {
  application: { zh: '应用', en: 'applications' },
  console: { zh: '管理控制台', en: 'console' },
  ejb: { zh: 'EJB', en: 'EJB' },
  other: { zh: '其他', en: 'other' },
};
export const listenersList: List<PartOfInstance<InstanceListener>> = {
  id: 'instance-listeners',
  title: { zh: 'TongWeb 通道', en: 'Listeners of TongWeb' },
  sheet: { zh: '通道', en: 'Listeners' },
  empty: { zh: '没有读到通道。', en: 'No listener was read.' },
  pick: partsOf(({ listeners }) => listeners),
  columns: [
    instanceColumn(),
    { title: { zh: '用途', en: 'For' }, weight: 2, width: 14, cell: ({ part }, _model, locale) => textCell(USES[part.use][locale]) },
    { title: { zh: '端口', en: 'Port' }, align: 'right', weight: 1.4, width: 10, cell: ({ part }) => textCell(part.port === undefined ? undefined : String(part.port)) },
    { title: { zh: 'TLS', en: 'TLS' }, weight: 1.1, width: 8, cell: ({ part }, _model, locale) => textCell(yesNo(part.tls, locale)) },
    countColumn({ zh: '最大线程', en: 'Most threads' }, ({ maxThreads }) => maxThreads),
    countColumn({ zh: '忙碌线程', en: 'Busy' }, ({ busyThreads }) => busyThreads),
    countColumn({ zh: '最大连接', en: 'Most connections' }, ({ maxConnections }) => maxConnections),
    countColumn({ zh: '当前连接', en: 'Connections' }, ({ connections }) => connections),
    countColumn({ zh: '等待接受', en: 'Waiting' }, ({ waiting }) => waiting),
    {
      title: { zh: '平均处理时间', en: 'Average time' },
      align: 'right',
      weight: 1.7,
      width: 14,
      cell: ({ part }, { period }, locale) => textCell(part.averageMs === undefined ? undefined : formatQuantity(part.averageMs, 'milliseconds', locale, period.zoneMinutes)),
    },
  ],
};
export const datasourcesList: List<PartOfInstance<InstanceDatasource>> = {
  id: 'instance-datasources',
  title: { zh: 'TongWeb 数据源', en: 'Data sources of TongWeb' },
  sheet: { zh: '数据源', en: 'Data sources' },
  empty: { zh: '没有读到数据源。', en: 'No data source was read.' },
  pick: partsOf(({ datasources }) => datasources),
  columns: [
    instanceColumn(),
    countColumn({ zh: '序号', en: 'No.' }, ({ number }) => number),
    { title: { zh: '数据库', en: 'Database' }, weight: 1.8, width: 14, cell: ({ part }) => textCell(part.engine) },
    countColumn({ zh: '最大连接', en: 'Most' }, ({ maxActive }) => maxActive),
    countColumn({ zh: '最小空闲', en: 'Fewest idle' }, ({ minIdle }) => minIdle),
    countColumn({ zh: '活动', en: 'In use' }, ({ active }) => active),
    countColumn({ zh: '等待线程', en: 'Waiting' }, ({ waiting }) => waiting),
    countColumn({ zh: '泄漏', en: 'Leaked' }, ({ leaks }) => leaks),
    { title: { zh: '验证连接', en: 'Validated' }, weight: 1.5, width: 10, cell: ({ part }, _model, locale) => textCell(yesNo(part.validated, locale)) },
    { title: { zh: '泄漏检测', en: 'Leak detection' }, weight: 1.5, width: 10, cell: ({ part }, _model, locale) => textCell(yesNo(part.leakDetection, locale)) },
  ],
};
