/** Who may give whom an account, and what an account has to be. Each throws an AppError that names the field. */
import { AppError, notFound } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { administratorsOf, credentialsOf, customersExist, isPlaceTaken, type User } from '../store/user-store.ts';
import { type AdministratorSlot, isCustomerRole, type Role, type UserPrincipal } from './principal.ts';

export interface Invitation {
  readonly login: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: 'zh' | 'en';
  readonly role: Role;
  readonly customerId: string | null;
  readonly administrator: AdministratorSlot | null;
  readonly serves: 'all' | readonly string[];
}

export async function mayApprove(db: Db, principal: UserPrincipal, { customerId, administrator }: Pick<User, 'customerId' | 'administrator'>): Promise<boolean> {
  if (customerId === null || administrator !== null) return principal.role === 'administrator';
  if (principal.customerId === customerId) return principal.administrator !== null;
  return principal.role === 'administrator' && (await administratorsOf(db, customerId)).length === 0;
}

/** Customers' administrators give viewers their place; all else, and those two places themselves, the support centre's administrators. */
export function requireMayGive(principal: UserPrincipal, role: Role, administrator: AdministratorSlot | null): void {
  if (principal.role === 'administrator') return;
  if (principal.role === 'customer-administrator' && role === 'customer-viewer' && administrator === null) return;
  throw new AppError('forbidden', `a ${principal.role} does not decide about a ${role}`);
}
export function requireConsistent({ role, customerId, administrator, serves }: Pick<Invitation, 'role' | 'customerId' | 'administrator' | 'serves'>): void {
  const fault = (field: string, message: string, zh: string): AppError => new AppError('invalid', message, { details: { field }, text: { zh, en: message } });
  if (isCustomerRole(role) !== (customerId !== null)) throw fault('customerId', 'customer roles belong to a customer, support roles to none', '客户角色必须选择客户，支持角色不选');
  if ((role === 'customer-administrator') !== (administrator !== null))
    throw fault('administrator', 'a customer-administrator, and nobody else, is its primary or its backup', '客户管理员必须是主管理员或备管理员，其他角色不能是');
  if (customerId !== null && (serves === 'all' || serves.length > 0)) throw fault('serves', 'only support staff serves customers', '只有支持人员才有服务范围');
}
export async function requireFreeLogin(db: Db, login: string): Promise<void> {
  if (await credentialsOf(db, login))
    throw new AppError('conflict', 'the login is taken', {
      details: { field: 'login' },
      text: { zh: '登录名已被使用', en: 'the login is taken' },
    });
}
export async function requireFreePlace(db: Db, customerId: string, administrator: AdministratorSlot): Promise<void> {
  if (await isPlaceTaken(db, customerId, administrator))
    throw new AppError('conflict', `the customer has a ${administrator} administrator already`, {
      details: { field: 'administrator' },
      text: { zh: `该客户已有${administrator === 'primary' ? '主' : '备'}管理员`, en: `the customer has a ${administrator} administrator already` },
    });
}
export async function requireCustomers(db: Db, ids: readonly string[]): Promise<void> {
  if (!(await customersExist(db, ids))) throw notFound('customer');
}
