/** Columns that the rows of every product begin with. */
import { name, oneOf, optional, text, version } from '../../fields.ts';
import { MODES, REACHES, ROLES } from './products.ts';

/** One row per instance; what could not be read of it is left out, and `reach` says why. */
export const INSTANCE_FIELDS = {
  instance: name(text('实例', 'Instance'), 'instance'),
  version: optional(version(text('产品版本', 'Version of the product'))),
  mode: oneOf(text('部署模式', 'Mode'), MODES),
  reach: oneOf(text('本次读取的结果', 'How reading it ended'), REACHES),
};
/** One row per member of an instance. */
export const MEMBER_FIELDS = {
  instance: name(text('实例', 'Instance'), 'instance'),
  member: name(text('成员', 'Member'), 'member'),
  role: oneOf(text('当前角色', 'What it is at the moment'), ROLES),
  reach: oneOf(text('本次读取的结果', 'How reading it ended'), REACHES),
};
/** Instances in one section, members of all of them, and rows of what they hold (topics, queues, replicas). */
export const MOST_INSTANCES = 200;
export const MOST_MEMBERS = 1_000;
export const MOST_PARTS = 5_000;
