/** Sentences of the pages. */
import type { Text } from '../../../agent/wire/vocabulary.ts';

export const TEXTS = {
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  signInWith: { zh: '使用以下身份登录：', en: 'Sign in with ' },
  login: { zh: '登录名', en: 'Login' },
  name: { zh: '姓名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  newPassword: { zh: '新密码（至少 12 个字符）', en: 'New password (at least 12 characters)' },
  again: { zh: '再次输入新密码', en: 'New password again' },
  setUp: { zh: '设置管理员', en: 'Set up the administrator' },
  setUpHint: { zh: '这是首个管理员的一次性链接。请选择登录名和密码。', en: "This is the first administrator's one-time link. Choose a login and a password." },
  setPassword: { zh: '设置密码', en: 'Set your password' },
  setPasswordHint: { zh: '账号：', en: 'Account: ' },
  linkOver: { zh: '此链接已使用、已过期或不存在', en: 'This link was used, is over, or never was' },
  linkOverHint: {
    zh: '请向管理员索取新链接；首个管理员可在服务器上运行 xunjian collector link。',
    en: 'Ask an administrator for a new one; for the first administrator run xunjian collector link on the server.',
  },
  done: { zh: '完成，请登录。', en: 'Done. Now sign in.' },
  waiting: { zh: '密码已设置。账号还需由客户的主管理员或备管理员批准。', en: "The password is set. One of the customer's two administrators has to approve the account." },
  wrong: { zh: '登录名或密码不正确', en: 'Login or password is wrong' },
  tooMany: { zh: '尝试次数过多，请稍后再试', en: 'Too many tries: wait a little' },
  approval: { zh: '账号等待批准', en: 'The account waits for approval' },
  differ: { zh: '两次输入的密码不一致', en: 'The two passwords differ' },
  taken: { zh: '登录名已被使用', en: 'The login is taken' },
  incomplete: { zh: '请完整填写', en: 'Please fill in everything' },
  unavailable: { zh: '暂时不可用，请稍后再试', en: 'Not available now: try again' },
  foreign: { zh: '身份提供方未确认，或该邮箱未受邀请', en: 'The identity provider did not confirm it, or nobody invited this address' },
  signedIn: { zh: '已登录', en: 'You are signed in' },
  api: { zh: '接口说明', en: 'Description of the API' },
  short: { zh: '密码至少 12 个字符', en: 'The password needs at least 12 characters' },
  long: { zh: '密码过长', en: 'The password is too long' },
  common: { zh: '密码过于常见，请换一个', en: 'The password is one of the first that are tried; choose another' },
  containsName: { zh: '密码不能包含登录名或姓名', en: 'The password must not contain the login or the name' },
} as const satisfies Readonly<Record<string, Text>>;
export type PageText = keyof typeof TEXTS;
