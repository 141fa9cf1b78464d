/** Words for people's roles and states. */
import type { Text } from '../../../agent/wire/vocabulary.ts';
import type { AdministratorSlot, Role } from '../../access/principal.ts';

export const ROLE_WORDS: Readonly<Record<Role, Text>> = {
  'customer-viewer': { zh: '客户查看者', en: 'customer viewer' },
  'customer-administrator': { zh: '客户管理员', en: 'customer administrator' },
  'support-engineer': { zh: '支持工程师', en: 'support engineer' },
  'duty-manager': { zh: '值班经理', en: 'duty manager' },
  administrator: { zh: '支持中心管理员', en: "the centre's administrator" },
};
export const SLOT_WORDS: Readonly<Record<AdministratorSlot, Text>> = {
  primary: { zh: '主管理员', en: 'primary administrator' },
  backup: { zh: '备管理员', en: 'backup administrator' },
};
export const USER_STATE_WORDS: Readonly<Record<string, Text>> = {
  invited: { zh: '已邀请', en: 'invited' },
  'awaiting-approval': { zh: '等待批准', en: 'awaits approval' },
  active: { zh: '有效', en: 'active' },
  disabled: { zh: '已停用', en: 'disabled' },
};
