/** /account: the own account: what it may do, its password. */
import { z } from 'zod';
import { html } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import { type Api, personOf } from '../../http/endpoint.ts';
import { Password } from '../../http/routes/session-routes.ts';
import { addForm, addPage } from '../page.ts';
import { field, form } from '../parts/forms.ts';
import { ROLE_WORDS, SLOT_WORDS } from '../words/role-words.ts';

export function accountPages(api: Api, { accounts }: AppDeps): void {
  addPage(api, { path: '/account', id: 'accountPage', summary: 'Page of the own account', permission: 'session.own' }, async (view) => {
    const { t, locale, person } = view;
    const fields = [
      field(t('当前密码', 'Current password'), 'current', { type: 'password', required: true, max: 256, autocomplete: 'current-password' }),
      field(t('新密码（至少 12 个字符）', 'New password (at least 12 characters)'), 'next', { type: 'password', required: true, min: 12, max: 256, autocomplete: 'new-password' }),
      field(t('再次输入新密码', 'New password again'), 'again', { type: 'password', required: true, min: 12, max: 256, autocomplete: 'new-password' }),
    ];
    return {
      title: person.name,
      area: 'overview',
      content: html`<dl class="facts"><dt>${t('登录名', 'Login')}</dt><dd>${person.login}</dd><dt>${t('角色', 'Role')}</dt><dd>${ROLE_WORDS[person.role][locale]}${person.administrator !== null && html` · ${SLOT_WORDS[person.administrator][locale]}`}</dd></dl><h2>${t('修改密码', 'Change the password')}</h2>${form(view, '/account/password', fields, t('修改', 'Change it'), { class: 'grid' })}`,
    };
  });
  addForm(
    api,
    {
      path: '/account/password',
      id: 'changePasswordForm',
      summary: 'Form to change the own password',
      permission: 'session.own',
      body: z.strictObject({ current: Password, next: Password, again: Password }),
      perMinute: 10,
      names: { password: 'next' },
    },
    () => '/account',
    async ({ principal, body, now }) => {
      if (body.next !== body.again)
        throw new AppError('invalid', 'the two new passwords differ', { details: { field: 'again' }, text: { zh: '两次输入的新密码不一致', en: 'the two new passwords differ' } });
      await accounts.changePassword(personOf(principal), { current: body.current, next: body.next }, now);
      return { to: '/account', say: 'password-changed' };
    },
  );
}
